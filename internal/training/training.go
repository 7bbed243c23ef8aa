// Package training knows what the model is trained on: sets of the corpora, at what
// weight, and texts written for this project. It numbers the documents, so that some of
// them can be left out of a training and worked on as if they had never been seen.
package training

import (
	"path/filepath"

	"github.com/steppe-ner/steppe/internal/corpus"
)

// Set is a file of the corpora.
type Set struct {
	File   string
	Column int  // of the labels
	Repeat int  // how often it is seen in one pass
	Habits int  // 0 for what follows our conventions; other sets of one number share their annotators' habits
	Gold   bool // has the six kinds, corrected sentence by sentence
}

// Sets are the sets that the model is trained on. What is kept for development is not
// among them.
var Sets = []Set{
	{"usgov-gold/train.tsv", 1, 2, 0, true},
	{"wikinews-gold/train.tsv", 1, 2, 0, true},
	{"gmb-gold/train.tsv", 1, 2, 0, true},
	{"statedept-gold/train.tsv", 1, 2, 0, true},
	{"teacher/usgov.tsv.gz", 1, 1, 0, false},
	{"teacher/gmb.tsv.gz", 1, 1, 0, false},
	{"teacher/statedept.tsv.gz", 1, 1, 0, false},
	{"teacher/reports.tsv.gz", 1, 1, 0, false},
	{"redocred/test.tsv", 1, 2, 1, false},
	{"crossner-politics/train.tsv", 1, 2, 2, false}, {"crossner-politics/dev.tsv", 1, 2, 2, false}, {"crossner-politics/test.tsv", 1, 2, 2, false},
	{"crossner-literature/train.tsv", 1, 1, 2, false}, {"crossner-literature/dev.tsv", 1, 1, 2, false}, {"crossner-literature/test.tsv", 1, 1, 2, false},
	{"crossner-music/train.tsv", 1, 1, 2, false}, {"crossner-music/dev.tsv", 1, 1, 2, false}, {"crossner-music/test.tsv", 1, 1, 2, false},
	{"crossner-science/train.tsv", 1, 1, 2, false}, {"crossner-science/dev.tsv", 1, 1, 2, false}, {"crossner-science/test.tsv", 1, 1, 2, false},
	{"crossner-ai/train.tsv", 1, 1, 2, false}, {"crossner-ai/dev.tsv", 1, 1, 2, false}, {"crossner-ai/test.tsv", 1, 1, 2, false},
	{"uner-en-ewt/dev.tsv", 1, 2, 3, false}, {"uner-en-ewt/test.tsv", 1, 2, 3, false},
}

// Document is a document of the gold sets or of our own texts. Its set and number are
// its name: the same in every run, as long as the set is the same.
type Document struct {
	Set    string // such as usgov-gold/train.tsv or own/politics.txt
	Number int    // within the set, from 0
	corpus.Document
}

// Fold returns which of k folds the document is in, from 0.
func (d *Document) Fold(k int) int { return d.Number % k }

// Read returns the documents of a set.
func (s *Set) Read(corpora string) ([]Document, error) {
	read, err := corpus.ReadFile(filepath.Join(corpora, s.File), s.Column)
	if err != nil {
		return nil, err
	}
	docs := make([]Document, len(read))
	for i, d := range read {
		docs[i] = Document{s.File, i, d}
	}
	return docs, nil
}

// Divided returns the documents that folds divide: those of the gold sets, which are in
// a folder of corpora, and our own. Their labels are the six kinds.
func Divided(corpora string) ([]Document, error) {
	var docs []Document
	for _, s := range Sets {
		if !s.Gold {
			continue
		}
		read, err := s.Read(corpora)
		if err != nil {
			return nil, err
		}
		docs = append(docs, read...)
	}
	own, err := Own()
	return append(docs, own...), err
}
