module example.com/cgo

go 1.25.0

require example.com/shared v0.0.0

replace example.com/shared => ../workspace/shared
