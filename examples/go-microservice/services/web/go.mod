module example.com/go-microservice/web

go 1.25.0
