"""The mail room: what AWS does with mail and MiniStack does not.

Lambda --sesv2--> ses_front --ses v1--> MiniStack --SMTP--> outbox --events--> event_bus --> SQS
customer --SMTP--> inbox --> MailBucket, then RecordReplyFunction
"""
