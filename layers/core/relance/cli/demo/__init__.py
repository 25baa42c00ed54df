"""`relance demo`: 75 days of a creditor's life on the embedded AWS, from one scenario file.

scenario   what customers and people do, and when     ledger, exports   what accounting exports
stage      the deployed stack, the clock, waiting      customers, staff  who acts in the story
story      one day after the other                     diary             what the story itself did
summary    what the stores say came of it              checks, screen    proved, and shown
"""
