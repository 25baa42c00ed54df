"""Names of the columns of state that take long lists: who is reminded, insured, assigned.

No "no …" in English: "No reminders" is how many there were.
"""

NOT_CHASED = """blocage relance; blocage relances; code blocage relance; motif blocage
    relance; ne pas relancer; exclu relance; exclu relances; exclure relance; exclure
    relances; exclusion relance; exclusion relances; relance exclue; relance bloquee; relances
    bloquees; relance suspendue; relances suspendues; suspension relance; suspension relances;
    relance interdite; sans relance; pas de relance; hors relance; hors relances; hors rappel;
    hors rappel releve; stop relance; stop relances; arret relances; bloquer relances; non
    relancable; dunning block; dunn block; dunning blocked; dunning block reason; dunning
    lock; block dunning; block dunning letters; do not dun; do not chase; do not remind; stop
    reminders; reminder block; reminders blocked; reminders suspended; exclude from dunning;
    excluded from dunning; exclude from reminders; excluded from reminders; exclude from
    follow up; exclude from follow ups"""
"""Columns where yes, or a reason, means that nobody is to be reminded."""

CHASED = """relancable; client relancable; relance autorisee; relances autorisees; relance
    active; relances actives; relance activee; relances activees; relance possible; dunnable;
    dunning allowed; dunning active; dunning enabled; allow dunning; allow reminders;
    reminders allowed; reminders active; reminders enabled; send reminders; chaseable"""
"""Columns where no means it."""

INSURED = """assureur; assureur credit; nom assureur; code assureur; compagnie assurance;
    compagnie assurance credit; assure par; insurer; credit insurer; insurer name; insurance
    company; insured by; assurance credit; assurance credit client; credit insurance; trade
    credit insurance; assurance; insurance; assure; assuree; client assure; facture assuree;
    piece assuree; creance assuree; est assure; insured; is insured; customer insured; invoice
    insured; credit insured; encours garanti; encours assure; encours assurance; montant
    garanti; montant assure; credit assure; limite assurance; limite assurance credit; limite
    assureur; limite assuree; limite credit assuree; limite garantie; plafond assurance;
    plafond assurance credit; plafond assure; garantie assurance; garantie assurance credit;
    garantie assureur; agrement assureur; agrement assurance; agrement assurance credit;
    couverture assurance; couverture assurance credit; couverture assureur; quotite garantie;
    quotite assuree; insured amount; amount insured; insured balance; insured limit; insured
    credit limit; insurance limit; insurer limit; credit insurance limit; credit insurance
    amount; insurance cover; insurance coverage; credit insurance cover; n° police; police; n°
    police assurance; police assurance; n° police assurance credit; police assurance credit;
    n° contrat assurance credit; policy number; insurance policy; insurance policy number;
    credit insurance policy; credit insurance policy number"""
"""By whom, yes or no, an amount of cover, a policy: names of insurers first."""

ASSIGNED = """factor; nom factor; code factor; societe affacturage; organisme affacturage;
    affactureur; cede a; cessionnaire; factor name; factor code; factoring company; factoring
    bank; affacturage; factoring; cede factor; cedee factor; facture cedee factor; creance
    cedee factor; cession factor; cede affacturage; assigned to factor; sold to factor; cede;
    cedee; facture cedee; piece cedee; creance cedee; cession; cession creance; cession
    creances; cession dailly; dailly; mobilise; mobilisee; creance mobilisee; facture
    mobilisee; factore; factoree; factorise; factorisee; facture factorisee; client factorise;
    affacture; affacturee; facture affacturee; factored; is factored; invoice factored; assigned; is
    assigned; invoice assigned; montant cede; montant cede factor; encours cede; encours
    factor; encours affacturage; solde cede; montant affacture; factored amount; amount
    factored; n° bordereau cession; bordereau cession; n° cession; quittance factor; n°
    quittance factor; quittance subrogative; date cession; date cession factor; date remise
    factor; date affacturage"""
"""To whom, yes or no, an amount, a slip, a day: names of factors first. Not "assigned to", who is a
person, nor "assigned amount", which is money matched."""
