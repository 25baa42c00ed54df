"""What people read: e-mails to customers, letters, messages to our own staff.

Only `weasyprint_letters` knows WeasyPrint and pypdf: nothing else here may import it.
"""
