"""What machines call themselves and write in subjects, in French, English and German."""

import re

DAEMON = re.compile(
    r"mailer[-_. ]?daemon|mail delivery (?:sub)?system|(?:^|<|\s)post_?master(?:@|>|\s|$)"
    r"|mail-daemon"
    r"|delivery status|mail administrator|microsoftexchange[0-9a-f]+@|^mdaemon|smtp-gateway",
    re.I,
)
MAILER_DAEMON = re.compile(r"mailer-daemon@|mailer-daemon>?\s*$", re.I)
BOUNCE_SUBJECT = re.compile(
    r"undeliver|non[- ]?deliver|not delivered|delivery (?:status|fail|notif|problem|error|has"
    r"|report"
    r"|incomplete|of|delay)|deliver\w* .{0,30}(?:fail|error|delay)|returned? (?:mail|to sender"
    r"|message)"
    r"|mail (?:delivery|system) (?:fail|error)|failure notice|mail failure|message delayed"
    r"|delayed mail"
    r"|(?:could not|couldn't|cannot|can't|unable to|failed to) (?:be )?(?:deliver|send|sent)"
    r"|warning: message|non remis|[ée]chec d[e'] ?(?:la )?(?:remise|distribution|envoi|livraison)"
    r"|retour [àa] l['’]exp[ée]diteur|message non (?:d[ée]livr|distribu)|courrier non remis"
    r"|[ée]tat de remise|unzustellbar|nicht zugestellt|zustell(?:fehler|ung fehl)|user unknown"
    r"|\bbounced?\b|mail error|mail failed|undelivered",
    re.I,
)
BOUNCE_TEXT = re.compile(
    r"could ?n[o']t be delivered|unable to deliver|delivery (?:has )?failed|was not delivered"
    r"|undeliver|not be delivered|n'a pas pu (?:[êe]tre )?(?:remis|distribu|d[ée]livr)"
    r"|permanent (?:fatal )?error|following address|address\(?e?s?\)? failed|unknown user"
    r"|user unknown|mailbox (?:is )?full|no such user|not accepted|konnte nicht zugestellt",
    re.I,
)
ABSENCE_SUBJECT = re.compile(
    r"^\W*(?:r[ée]ponse automatique|message d['’]absence|absence du bureau|absent\w*\b"
    r"|absence\s*(?::|$)"
    r"|en (?:cong[ée]s?|vacances)|out of (?:the )?office|ooo\b|automatic reply|auto(?:matic)?[- ]?"
    r"(?:reply|response|respon?der)|away from|on (?:vacation|leave|holiday)|vacation"
    r"|abwesen\w*|automatische antwort|autorespon\w*|fermeture|cong[ée]s?\b"
    r"|notification d['’]absence"
    r"|r[ée]pondeur|respuesta autom|risposta automatica|automatisch antwoord|auto\s?:)",
    re.I,
)
ABSENCE_TEXT = re.compile(
    r"\babsent|\bcong[ée]s?\b|\bvacances\b|out of (?:the )?office|\bde retour\b|\bon (?:annual "
    r"|sick "
    r"|maternity |parental )?(?:leave|vacation|holiday)|away (?:from|until|on|this)|i am away"
    r"|i'm away"
    r"|\bl'entreprise\b.{0,40}ferm|fermeture|ferm[ée]e?s? (?:du|jusqu|pour)|d[ée]placement"
    r"|cong[ée] (?:maternit|parental)|arr[êe]t maladie|abwesen|nicht im (?:b[üu]ro|haus)|urlaub"
    r"|\breturn(?:ing)? (?:on|to)|no longer (?:work|with|employ|part)|has left|have left"
    r"|ne (?:fai[ts]|travaille)\w* plus (?:partie|chez|au sein|dans)|a quitt[ée]|ai quitt[ée]"
    r"|plus (?:en poste|dans l['’]entreprise|[àa] cette adresse)|r[ée]ouv",
    re.I,
)
ACK_SUBJECT = re.compile(
    r"^\W*(?:accus[ée] de r[ée]ception|nous avons bien re[çc]u|votre (?:demande|message"
    r"|ticket) (?:a|n)"
    r"|confirmation (?:de r[ée]ception|d['’]ouverture)|acknowledg\w+|we(?:'ve| have) received"
    r"|\[?ticket\b|empfangsbest[äa]tigung|eingangsbest[äa]tigung)",
    re.I,
)
