module github.com/steppe-ner/steppe/examples/web/contract

go 1.25.0
