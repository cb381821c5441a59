"""Help inside products: setting it up, for those who run the desk."""
