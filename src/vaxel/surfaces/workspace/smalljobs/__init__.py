"""Small jobs among staff: offers, the time worked on them, prices and what is invoiced."""
