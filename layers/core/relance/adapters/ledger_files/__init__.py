"""The French legal ledger (FEC): its customer lines, grouped by letter, give the open items.

A source (text, workbook or XML) gives rows; `columns` knows their names; `book` reads every row
once and keeps the customer lines; `open_items` finds what is left open of each letter; `reading`
says it all as a `BalanceReading`. Start at `sources`.
"""
