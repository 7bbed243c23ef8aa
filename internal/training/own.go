package training

import (
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/steppe-ner/steppe/internal/corpus"
)

// Texts in the manner of news, on Central Asia and the world, written for this project,
// one a line. The gold texts of testdata are not among them.
//
//go:embed texts/*.txt
var texts embed.FS

// Own returns our own texts.
func Own() ([]Document, error) { return OwnIn(texts) }

// OwnIn returns the texts of the files texts/*.txt of a folder.
func OwnIn(folder fs.FS) ([]Document, error) {
	files, err := fs.Glob(folder, "texts/*.txt")
	if err != nil {
		return nil, err
	}
	var docs []Document
	for _, f := range files {
		data, err := fs.ReadFile(folder, f)
		if err != nil {
			return nil, err
		}
		read, err := Lines(path.Base(f), string(data))
		if err != nil {
			return nil, err
		}
		docs = append(docs, read...)
	}
	return docs, nil
}

// Lines returns the texts of a file that holds one a line, as corpus.ParseMarked reads them.
func Lines(file, data string) ([]Document, error) {
	read, err := corpus.ParseMarked(data)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", file, err)
	}
	docs := make([]Document, len(read))
	for i, d := range read {
		docs[i] = Document{"own/" + file, i, d}
	}
	return docs, nil
}
