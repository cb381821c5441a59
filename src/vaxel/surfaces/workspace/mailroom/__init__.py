"""Mail that comes in, as staff see it: mailboxes, what waits for a human, the HTML of mails, what is going out."""
