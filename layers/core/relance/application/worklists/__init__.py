"""The day's worklist as a workbook: what is written in it, and what people wrote in it."""
