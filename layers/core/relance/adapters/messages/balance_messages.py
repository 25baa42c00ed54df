"""Sentences for the codes of the balance import: refusals, questions, rejected rows, warnings."""

from collections.abc import Mapping
from typing import Literal

from relance.adapters.messages.ledger_messages import LEDGER_SENTENCES

Language = Literal["fr", "en"]

_SENTENCES: dict[str, tuple[str, str]] = {
    # Refusals
    "file-not-found": (
        "Le fichier {file} est introuvable ou illisible.",
        "The file {file} cannot be found or opened.",
    ),
    "file-too-large": (
        "Le fichier dépasse {limit} octets. Exportez seulement les pièces ouvertes.",
        "The file is over {limit} bytes. Export the open items only.",
    ),
    "file-empty": ("Le fichier est vide.", "The file is empty."),
    "too-many-columns": (
        "Le fichier a plus de {limit} colonnes : ce n'est pas une balance.",
        "The file has more than {limit} columns: this is no balance.",
    ),
    "too-many-cells": (
        "Le classeur couvre plus de {limit} cellules. Supprimez les lignes et colonnes vides "
        "lointaines, ou exportez en CSV.",
        "The workbook spans more than {limit} cells. Delete far-away blank rows and columns, or "
        "export as CSV.",
    ),
    "workbook-damaged": (
        "Le classeur est endommagé. Ouvrez-le et enregistrez-le de nouveau.",
        "The workbook is damaged. Open it and save it again.",
    ),
    "workbook-encrypted": (
        "Le classeur est protégé par un mot de passe. Enregistrez-le sans protection.",
        "The workbook is password-protected. Save it without protection.",
    ),
    "decompression-bomb": (
        "Le classeur se décompresse en {unpacked} octets : il n'a pas été ouvert.",
        "The workbook unpacks to {unpacked} bytes: it was not opened.",
    ),
    "workbook-texts-too-long": (
        "Les textes et formules de ce classeur, répétés dans chaque cellule qui les montre, "
        "dépassent {limit} octets : il n'a pas été ouvert. Raccourcissez le plus long, ou exportez "
        "en CSV.",
        "The texts and formulas of this workbook, repeated in each cell that shows them, exceed "
        "{limit} bytes: it was not opened. Shorten the longest one, or export as CSV.",
    ),
    "not-a-spreadsheet": (
        "Ce n'est ni un fichier texte ni un classeur. Exportez en CSV ou en XLSX.",
        "This is neither a text file nor a workbook. Export as CSV or XLSX.",
    ),
    "nul-bytes": (
        "Le fichier contient des octets nuls : ce n'est pas un texte, ou il est tronqué.",
        "The file holds NUL bytes: it is no text, or it was cut.",
    ),
    "encoding-unreadable": (
        "Le fichier se dit en {encoding} et ne l'est pas. Exportez-le en UTF-8.",
        "The file claims to be {encoding} and is not. Export it as UTF-8.",
    ),
    "text-malformed": (
        "Le texte ne se lit plus en colonnes à la ligne {line}.",
        "The text can no longer be read as columns at line {line}.",
    ),
    "quote-left-open": (
        "Un guillemet ouvert à la ligne {line} avale les lignes suivantes. Fermez-le ou ôtez-le.",
        "A quote opened at line {line} swallows the rows that follow. Close it or remove it.",
    ),
    "not-a-receivables-list": (
        "Ce fichier n'est pas une liste de pièces clients (colonnes lues : {columns}). Il faut au "
        "moins le client, le numéro de pièce, une date et un montant.",
        "This file is no list of customer items (columns read: {columns}). It takes at least the "
        "customer, the document number, a date and an amount.",
    ),
    "payables-not-receivables": (
        "Ce fichier liste des fournisseurs, pas des clients.",
        "This file lists suppliers, not customers.",
    ),
    "summary-names-no-item": (
        "Cette balance donne un total par client ({rows} lignes, {total}) et ne nomme aucune "
        "facture : rien ne peut être relancé. Exportez le détail par pièce.",
        "This balance gives one total per customer ({rows} rows, {total}) and names no invoice: "
        "nothing can be chased. Export the detail by document.",
    ),
    "date-column-unreadable": (
        "La colonne {column} ne contient pas des dates (par exemple « {value} »). Si le fichier "
        "est passé par Excel, exportez-le de nouveau.",
        "Column {column} does not hold dates (for instance “{value}”). If the file went through "
        "Excel, export it again.",
    ),
    "amount-column-unreadable": (
        "La colonne {column} ne contient pas des montants (par exemple « {value} »).",
        "Column {column} does not hold amounts (for instance “{value}”).",
    ),
    "rows-lost": (
        "Erreur interne : {read} lignes comptées sur {file_rows}. Signalez ce fichier.",
        "Internal error: {read} rows accounted for out of {file_rows}. Report this file.",
    ),
    # Questions
    "date-order-tied": (
        "Colonne {column} : le jour est-il avant le mois, ou après ? (--date-order day-first ou "
        "month-first)",
        "Column {column}: does the day come before the month, or after? (--date-order day-first "
        "or month-first)",
    ),
    "date-order-mixed": (
        "Colonne {column} : certaines dates ont le jour d'abord, d'autres le mois. Exportez-la au "
        "format AAAA-MM-JJ.",
        "Column {column}: some dates have the day first, others the month. Export it as "
        "YYYY-MM-DD.",
    ),
    "decimal-mark-tied": (
        "Colonne {column} : la virgule ou le point séparent-ils les décimales ou les milliers ? "
        "(--decimal-mark ',' ou '.')",
        "Column {column}: does the comma or the point mark decimals or thousands? "
        "(--decimal-mark ',' or '.')",
    ),
    "decimal-mark-mixed": (
        "Colonne {column} : les montants mélangent la virgule et le point décimal.",
        "Column {column}: amounts mix the decimal comma and the decimal point.",
    ),
    "sign-unclear": (
        "Tous les montants sont négatifs : est-ce ce que les clients doivent, ou des avoirs ? "
        "(--owed-sign negative ou positive)",
        "Every amount is negative: is it what customers owe, or credits? (--owed-sign negative or "
        "positive)",
    ),
    "several-sheets": (
        "Plusieurs feuilles listent des pièces : laquelle lire ? (--sheet)",
        "Several sheets list items: which one is to be read? (--sheet)",
    ),
    "sheet-not-found": (
        "La feuille demandée n'existe pas dans ce classeur.",
        "The sheet asked for is not in this workbook.",
    ),
    "columns-tied": (
        "Deux colonnes de même nom ({field}) disent des choses différentes : laquelle lire ?",
        "Two columns of the same name ({field}) say different things: which one is to be read?",
    ),
    "columns-misaligned": (
        "{rows} lignes ont plus de cellules que l'en-tête : le séparateur se trouve dans les "
        "valeurs. Exportez avec un autre séparateur ou entre guillemets.",
        "{rows} rows have more cells than the header: the separator is inside the values. Export "
        "with another separator, or quoted.",
    ),
    "header-not-found": (
        "Aucune ligne de titres reconnue : que contient chaque colonne ?",
        "No header row was recognised: what does each column hold?",
    ),
    "debtor-column-not-found": (
        "Aucune colonne ne nomme le client : laquelle est-ce ?",
        "No column names the customer: which one is it?",
    ),
    "amount-column-not-found": (
        "Aucune colonne ne donne le montant restant dû : laquelle est-ce ?",
        "No column gives the amount still owed: which one is it?",
    ),
    "open-amount-unsure": (
        "Le montant encore dû est-il dans la colonne {column}, ou dans une autre ?",
        "Is the amount still owed in column {column}, or in another one?",
    ),
    "group-headers-unsure": (
        "Des lignes de titre semblent nommer les clients des lignes qui suivent, sans preuve. "
        "Exportez avec le client sur chaque ligne, ou avec un sous-total par client.",
        "Some title rows seem to name the customers of the rows below them, and nothing proves "
        "it. Export with the customer on every row, or with a subtotal per customer.",
    ),
    "pinned-column-not-found": (
        "balance.mapping nomme pour {field} la colonne « {column} », que le fichier ne contient "
        "pas une fois et une seule : laquelle lire ?",
        "balance.mapping names column “{column}” for {field}, and the file does not hold it "
        "exactly once: which one is to be read?",
    ),
    "pinned-field-unknown": (
        "balance.mapping nomme un champ inconnu : {field}. Lequel de ceux-ci est-ce ?",
        "balance.mapping names an unknown field: {field}. Which of these is it?",
    ),
    "header-row-not-found": (
        "balance.header_row désigne la ligne {row}, que le fichier n'a pas : sur quelle ligne "
        "sont les titres des colonnes ?",
        "balance.header_row is line {row}, which the file does not have: which line holds the "
        "names of the columns?",
    ),
    # Why a column means what it does
    "pinned": ("désignée dans creditor.yaml", "named in creditor.yaml"),
    "name-known": ("nom connu", "known name"),
    "name-words": ("d'après un mot de son nom", "by a word of its name"),
    "name-mended": (
        "nom abîmé, reconnu et confirmé par les valeurs",
        "damaged name, recognised and confirmed by the values",
    ),
    "values": ("d'après ses valeurs", "by its values"),
    "ageing-label": ("tranche d'âge", "ageing column"),
    "column-not-chosen": ("une autre colonne dit la même chose", "another column says the same"),
    "column-unknown": ("nom inconnu, colonne ignorée", "unknown name, column left out"),
    "no-header": ("pas de ligne de titres", "no header row"),
    # Rejected rows
    "bad-amount": ("montant illisible", "unreadable amount"),
    "bad-date": ("date illisible", "unreadable date"),
    "date-out-of-range": ("date invraisemblable", "implausible date"),
    "unknown-currency": ("devise inconnue", "unknown currency"),
    "missing-amount": ("montant absent", "missing amount"),
    "missing-debtor": ("client absent", "missing customer"),
    "missing-number": ("numéro de pièce absent", "missing document number"),
    "names-no-item": ("ni numéro ni date : pièce inconnue", "no number and no date: unknown item"),
    "too-many-cells-in-row": ("plus de cellules que l'en-tête", "more cells than the header"),
    "paid-but-amount-open": (
        "dite payée, avec un montant encore ouvert",
        "said to be paid, with an amount still open",
    ),
    # Warnings
    "all-settled": (
        "Toutes les pièces sont soldées : c'est un historique, rien n'est à relancer.",
        "Every item is settled: this is history, nothing is to be chased.",
    ),
    "as-of-from-print-date": (
        "La date de la balance est celle de l'édition.",
        "The date of the balance is the day it was printed.",
    ),
    "as-of-unclear": (
        "La date de la balance se lit de deux façons : elle n'a pas été retenue.",
        "The date of the balance can be read in two ways: it was not taken.",
    ),
    "bucket-differs": (
        "Les colonnes d'âge du fichier ne correspondent pas aux dates de ses pièces, ou à leur "
        "propre total.",
        "The ageing columns of the file do not agree with the dates of its items, or with their "
        "own total.",
    ),
    "bucket-without-due-date": (
        "Des pièces ont une tranche d'âge et aucune échéance.",
        "Some items have an age and no due date.",
    ),
    "company-amount-differs": (
        "Montant en devise et montant en devise de la société diffèrent sur des lignes de même "
        "devise.",
        "The document's amount and the company's differ on rows of the same currency.",
    ),
    "customer-total-differs": (
        "Le total imprimé d'un client n'est pas la somme de ses pièces.",
        "The printed total of a customer is not the sum of its items.",
    ),
    "clearing-date-ignored": (
        "Une colonne de date de rapprochement (clear_date) n'a pas été prise pour un paiement.",
        "A clearing-date column (clear_date) was not taken for payment.",
    ),
    "credits-without-sign": (
        "Avoirs et règlements sont écrits sans signe : ils ont été pris en déduction.",
        "Credit notes and payments carry no sign: they were deducted.",
    ),
    "currency-assumed": (
        "Aucune devise dans le fichier : l'euro a été supposé (--currency).",
        "No currency in the file: the euro was assumed (--currency).",
    ),
    "down-payments-positive": (
        "Des acomptes sont positifs : vérifiez s'ils sont dus ou déjà reçus.",
        "Some down payments are positive: check whether they are owed or already received.",
    ),
    "drafts-left-out": (
        "Des brouillons ont été laissés de côté.",
        "Drafts were left out.",
    ),
    "due-dates-by-terms": (
        "Le fichier n'a pas d'échéances : elles sont calculées avec le délai de paiement convenu.",
        "The file has no due dates: they follow from the payment terms agreed.",
    ),
    "due-date-missing": (
        "Des pièces n'ont pas d'échéance : elles ne seront pas relancées sans elle.",
        "Some items have no due date: they will not be chased without it.",
    ),
    "duplicate-numbers": (
        "Des numéros de pièce reviennent plusieurs fois avec la même échéance.",
        "Some document numbers come back with the same due date.",
    ),
    "no-document-number": (
        "Le fichier n'a pas de colonne de numéro de pièce.",
        "The file has no column of document numbers.",
    ),
    "payables-left-out": (
        "Des pièces fournisseurs ont été laissées de côté.",
        "Supplier documents were left out.",
    ),
    "quotes-left-out": (
        "Des devis ou factures pro forma ont été laissés de côté.",
        "Quotes or pro forma invoices were left out.",
    ),
    "signs-inverted": (
        "Les signes ont été inversés, comme demandé.",
        "Signs were inverted, as asked.",
    ),
    "subtotal-differs": (
        "Un sous-total du fichier n'est pas la somme de ses lignes.",
        "A subtotal of the file is not the sum of its rows.",
    ),
    "total-differs": (
        "Le total du fichier n'est pas la somme des pièces lues.",
        "The total of the file is not the sum of the items read.",
    ),
    "total-mixes-currencies": (
        "Le total du fichier additionne plusieurs devises : il n'a pas été comparé.",
        "The total of the file adds several currencies: it was not compared.",
    ),
    # Texts and workbooks, before anything is understood.
    "columns-not-aligned": (
        "Sous les titres de la ligne {line}, les lignes ne sont pas alignées : où commence chaque "
        "colonne ? Exportez avec un séparateur (point-virgule ou tabulation).",
        "Under the titles of line {line} the rows are not aligned: where does each column begin? "
        "Export with a separator (semicolon or tab).",
    ),
    "line-too-long": (
        "La première ligne dépasse {limit} octets : ce n'est pas un tableau.",
        "The first line is over {limit} bytes: this is no table.",
    ),
    "archive-too-many-parts": (
        "Le classeur contient plus de {limit} fichiers : il n'a pas été ouvert.",
        "The workbook holds more than {limit} files: it was not opened.",
    ),
    "archive-paths": (
        "Le classeur contient des chemins qui sortent de lui-même : il n'a pas été ouvert.",
        "The workbook holds paths that lead out of it: it was not opened.",
    ),
    "xml-entities": (
        "Le classeur déclare des entités XML, ce qu'aucun tableur ne fait : il n'a pas été ouvert.",
        "The workbook declares XML entities, which no spreadsheet program does: it was not opened.",
    ),
    "workbook-has-macros": (
        "Le classeur contient des macros : enregistrez-le sans elles (format XLSX).",
        "The workbook holds macros: save it without them (XLSX format).",
    ),
    "workbook-runs-programs": (
        "Le classeur appelle un autre programme (lien DDE ou OLE) : il n'a pas été lu.",
        "The workbook calls another program (DDE or OLE link): it was not read.",
    ),
    "workbook-not-calculated": (
        "Les formules de ce classeur n'ont jamais été calculées (cellule {cell}). Ouvrez-le dans "
        "un tableur et enregistrez-le de nouveau.",
        "The formulas of this workbook were never calculated (cell {cell}). Open it in a "
        "spreadsheet program and save it again.",
    ),
    "workbook-without-sheet": (
        "Ce classeur n'a aucune feuille de cellules.",
        "This workbook has no sheet of cells.",
    ),
    "hidden-rows": (
        "Des lignes sont masquées (filtre) : elles ont été lues comme les autres.",
        "Some rows are hidden (filter): they were read like the others.",
    ),
    "hidden-columns": (
        "Des colonnes sont masquées : elles ont été lues comme les autres.",
        "Some columns are hidden: they were read like the others.",
    ),
    "external-links": (
        "Des cellules viennent d'un autre classeur : leur dernière valeur connue a été lue.",
        "Some cells come from another workbook: their last known value was read.",
    ),
    "merged-cells": (
        "Des cellules fusionnées ont été étendues à toutes les lignes qu'elles couvrent.",
        "Merged cells were extended to all the rows they span.",
    ),
}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(code: str, language: Language, detail: Mapping[str, str] | None = None) -> str:
    """The sentence of a code; the code itself when nobody wrote one."""
    pair = _SENTENCES.get(code) or LEDGER_SENTENCES.get(code)
    if pair is None:
        return code
    return pair[0 if language == "fr" else 1].format_map(_Blank(detail or {}))
