module github.com/steppe-ner/steppe

go 1.25.0

require (
	github.com/google/go-cmp v0.7.0 // indirect
	golang.org/x/text v0.38.0 // indirect
)
