module acme.example/shop

go 1.25.0
