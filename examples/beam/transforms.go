package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"reflect"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/stats"
	"github.com/klauspost/compress/zstd"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

func init() {
	register.DoFn4x1[context.Context, fileio.ReadableFile, func(Document), func(string), error](&readFn{})
	register.DoFn3x1[Document, func(string), func(string), error](&findFn{})
	register.DoFn3x1[context.Context, int, func(*string) bool, error](&writeFn{})
	register.DoFn1x2[string, int, string](&shardFn{})
	register.Function2x1(countLine)
	register.Emitter1[Document]()
	register.Emitter1[string]()
	register.Iter1[string]()
	beam.RegisterType(reflect.TypeFor[Document]())
}

// Document is a text, and what it is called.
type Document struct {
	Source string // the name of its file, "" with an ID
	ID     string // JSON, as the input has it
	Date   string // the day of its line, "" when it has none
	Text   string
}

// maxText is the longest text, and the longest line of JSON Lines, in bytes: a
// runner moves whole elements about.
const maxText = 32 << 20

// Read turns files into Documents. What cannot be read goes to the second
// collection, a line of JSON each: {"source":…,"line":…,"error":…}.
func Read(s beam.Scope, files beam.PCollection) (documents, unread beam.PCollection) {
	return beam.ParDo2(s.Scope("Read"), &readFn{}, files)
}

type readFn struct{}

func (readFn) ProcessElement(ctx context.Context, file fileio.ReadableFile, each func(Document), fail func(string)) error {
	path := file.Metadata.Path
	bad := func(line int, err error) {
		// Encoding strings and numbers cannot fail.
		b, _ := json.Marshal(struct {
			Source string `json:"source"`
			Line   int    `json:"line,omitempty"`
			Error  string `json:"error"`
		}{path, line, err.Error()})
		fail(string(b))
	}
	r, err := file.Open(ctx)
	if err != nil {
		bad(0, err)
		return nil
	}
	defer r.Close()
	plain, in, err := decompressed(path, r)
	if err != nil {
		bad(0, err)
		return nil
	}
	if !strings.HasSuffix(plain, ".jsonl") {
		text, err := io.ReadAll(io.LimitReader(in, maxText+1))
		if err == nil && len(text) > maxText {
			err = fmt.Errorf("a text of more than %d bytes", maxText)
		}
		if err != nil {
			bad(0, err)
			return nil
		}
		each(Document{Source: path, Text: string(text)})
		return nil
	}
	lines := bufio.NewReaderSize(in, 64<<10)
	for n := 1; ; n++ {
		line, long, err := readLine(lines)
		if err != nil && err != io.EOF {
			bad(n, err)
			return nil
		}
		switch {
		case long:
			bad(n, fmt.Errorf("a line of more than %d bytes", maxText))
		case len(bytes.TrimSpace(line)) > 0:
			if d, why := parse(line); why != nil {
				bad(n, why)
			} else {
				each(d)
			}
		}
		if err != nil {
			return nil
		}
	}
}

// decompressed returns the name of a file without the suffix of its compression,
// and its content.
func decompressed(path string, r io.Reader) (string, io.Reader, error) {
	if plain, ok := strings.CutSuffix(path, ".gz"); ok {
		z, err := gzip.NewReader(r)
		return plain, z, err
	}
	if plain, ok := strings.CutSuffix(path, ".zst"); ok {
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
		return plain, z, err
	}
	return path, r, nil
}

// readLine returns the next line; of one that is too long, the rest is skipped.
func readLine(r *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > maxText {
			line, long = nil, true
		} else if !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

func parse(line []byte) (Document, error) {
	var object struct {
		ID   json.RawMessage `json:"id"`
		Date string          `json:"date"`
		Text *string         `json:"text"`
	}
	if err := json.Unmarshal(line, &object); err != nil {
		return Document{}, err
	}
	if object.Text == nil {
		return Document{}, errors.New(`no "text"`)
	}
	return Document{ID: cmp.Or(string(object.ID), "null"), Date: object.Date[:min(len(object.Date), len("2006-01-02"))], Text: *object.Text}, nil
}

// Find finds the entities of Documents: a line of JSON each, as examples/tag
// writes it, and for every mention the day, kind, ID and name, separated by tabs.
func Find(s beam.Scope, documents beam.PCollection, minConfidence float64) (lines, mentions beam.PCollection) {
	return beam.ParDo2(s.Scope("Find"), &findFn{MinConfidence: minConfidence}, documents)
}

type findFn struct {
	MinConfidence float64

	tagger    *entity.Tagger
	gazetteer *gazetteer.Gazetteer
	entities  []entity.Entity
}

// Setup makes the tagger, once for every instance of the function in a worker.
func (f *findFn) Setup() {
	f.gazetteer = gazetteer.Default()
	f.tagger = entity.New(entity.MinConfidence(f.MinConfidence))
}

func (f *findFn) ProcessElement(d Document, line, mention func(string)) error {
	f.entities = f.tagger.Append(f.entities[:0], d.Text)
	var b strings.Builder
	w, err := format.New("jsonl", &b, f.gazetteer)
	if err != nil {
		return err
	}
	h := format.Header{Source: d.Source}
	if d.ID != "" {
		h.ID = json.RawMessage(d.ID)
	}
	if err := w.Write(h, d.Text, f.entities); err != nil {
		return err
	}
	line(strings.TrimSuffix(b.String(), "\n"))
	for _, e := range f.entities {
		name := strings.ToValidUTF8(strings.Join(strings.Fields(e.Text), " "), "\uFFFD")
		if entry, ok := f.gazetteer.Entry(e.ID); ok {
			name = entry.Name
		}
		mention(strings.Join([]string{d.Date, e.Kind.String(), string(e.ID), name}, "\t"))
	}
	return nil
}

// Count counts equal mentions: {"day":…,"kind":…,"id":…,"name":…,"mentions":…}.
func Count(s beam.Scope, mentions beam.PCollection) beam.PCollection {
	s = s.Scope("Count")
	return beam.ParDo(s, countLine, stats.Count(s, mentions))
}

func countLine(mention string, n int) string {
	fields := strings.Split(mention, "\t")
	b, _ := json.Marshal(struct {
		Day      string `json:"day,omitempty"`
		Kind     string `json:"kind"`
		ID       string `json:"id,omitempty"`
		Name     string `json:"name"`
		Mentions int    `json:"mentions"`
	}{fields[0], fields[1], fields[2], fields[3], n})
	return string(b)
}

// Write writes lines to a number of files, prefix-00000-of-00004.jsonl and so on.
// Which line is in which file depends on the line alone. A file of which no line
// came is not written.
func Write(s beam.Scope, prefix string, shards int, lines beam.PCollection) {
	s = s.Scope("Write")
	keyed := beam.ParDo(s, &shardFn{shards}, lines)
	beam.ParDo0(s, &writeFn{prefix, shards}, beam.GroupByKey(s, keyed))
}

type shardFn struct{ Shards int }

func (f *shardFn) ProcessElement(line string) (int, string) {
	h := fnv.New32a()
	_, _ = io.WriteString(h, line)
	return int(h.Sum32() % uint32(f.Shards)), line
}

type writeFn struct {
	Prefix string
	Shards int
}

func (f *writeFn) ProcessElement(ctx context.Context, shard int, lines func(*string) bool) (err error) {
	fs, err := filesystem.New(ctx, f.Prefix)
	if err != nil {
		return err
	}
	defer fs.Close()
	file, err := fs.OpenWrite(ctx, fmt.Sprintf("%s-%05d-of-%05d.jsonl", f.Prefix, shard, f.Shards))
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	var line string
	for lines(&line) {
		if _, err := w.WriteString(line + "\n"); err != nil {
			return errors.Join(err, file.Close())
		}
	}
	return errors.Join(w.Flush(), file.Close())
}
