"""The day's worklist as an XLSX file, written and read back."""
