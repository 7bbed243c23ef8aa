// Command beam finds the entities of any number of documents with Apache Beam. It
// reads globs of texts, HTML pages and JSON Lines as examples/tag reads them, compressed
// or not, and writes, sharded and compressed, what examples/tag writes, the mentions
// counted by entity and day, and what could not be read:
//
//	go run . -input '../../testdata/news/*.txt' -output /tmp/entities
//
// It runs on Prism, Beam's local runner, unless flags name another; see README.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/gcs"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

// options are what the flags say, but for the runner's.
type options struct {
	input, output string
	shards        int
	find          findFn
	gazetteers    []string
}

func flags(f *flag.FlagSet) *options {
	o := &options{}
	f.StringVar(&o.input, "input", "", "read the files that these `globs` match, separated by commas; their endings "+
		"say what they are: .jsonl and .json JSON Lines, .html and .htm pages, others a text each, with .gz or .zst "+
		"after that or not")
	f.StringVar(&o.output, "output", "", "write to files whose names begin with this `prefix`")
	f.IntVar(&o.shards, "shards", 4, "write each kind of results to at most this `number` of files")
	f.StringVar(
		&o.find.Format,
		"format",
		"jsonl",
		"write the entities in this `format`: "+strings.Join(format.Names(), ", "),
	)
	f.Float64Var(&o.find.MinConfidence, "min-confidence", 0, "keep only entities of at least this `probability`, 0 to 1")
	f.Func(
		"kinds",
		"find only the kinds of this `list`, separated by commas: person, country, city, organisation, place, demonym",
		func(v string) error {
			for name := range strings.SplitSeq(v, ",") {
				k, err := gazetteer.ParseKind(strings.TrimSpace(name))
				if err != nil {
					return err
				}
				o.find.Kinds = append(o.find.Kinds, k)
			}
			return nil
		},
	)
	f.Func(
		"gazetteer",
		"lay the names of this TSV `file` of this machine over the built-in ones; may be repeated",
		func(v string) error {
			o.gazetteers = append(o.gazetteers, v)
			return nil
		},
	)
	return o
}

func main() {
	o := flags(flag.CommandLine)
	flag.Parse()
	beam.Init()
	if err := o.run(context.Background(), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "beam:", err)
		os.Exit(1)
	}
}

func (o *options) run(ctx context.Context, rest []string) error {
	switch p := o.find.MinConfidence; {
	case o.input == "" || o.output == "" || o.shards < 1 || len(rest) > 0:
		return errors.New("-input and -output are needed, at least one shard, and no argument; -help explains")
	case !slices.Contains(format.Names(), o.find.Format):
		return fmt.Errorf("-format %s: unknown; want %s", o.find.Format, strings.Join(format.Names(), ", "))
	case !(p >= 0 && p <= 1):
		return fmt.Errorf("-min-confidence %v: not between 0 and 1", p)
	}
	for _, file := range o.gazetteers {
		compiled, err := compile(file)
		if err != nil {
			return err
		}
		o.find.Gazetteers = append(o.find.Gazetteers, compiled)
	}
	if _, _, err := o.find.make(); err != nil { // here, not in a worker far away
		return err
	}
	head, tail, err := frame(o.find.Format)
	if err != nil {
		return err
	}
	p, s := beam.NewPipelineWithRoot()
	var files []beam.PCollection
	for glob := range strings.SplitSeq(o.input, ",") {
		matches := fileio.MatchFiles(s, glob, fileio.MatchEmptyDisallow())
		files = append(files, fileio.ReadMatches(s, matches, fileio.ReadUncompressed()))
	}
	documents, unread := Read(s, beam.Reshuffle(s, beam.Flatten(s, files...)))
	found, mentions := Find(s, documents, o.find)
	Write(
		s,
		Output{Prefix: o.output + "-entities", Ending: o.find.Format, Shards: o.shards, Head: head, Tail: tail},
		found,
	)
	Write(s, Output{Prefix: o.output + "-counts", Ending: "jsonl", Shards: o.shards}, Count(s, mentions))
	Write(s, Output{Prefix: o.output + "-unread", Ending: "jsonl", Shards: o.shards}, unread)
	return beamx.Run(ctx, p)
}

// compile returns the compiled form of a TSV file, which goes to the workers with the
// pipeline.
func compile(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b gazetteer.Builder
	b.ReadTSV(file, f)
	g, err := b.Build()
	if err != nil {
		return nil, err
	}
	var compiled strings.Builder
	_, err = g.WriteTo(&compiled)
	return []byte(compiled.String()), err
}

// make makes what finds.
func (f *findFn) make() (*entity.Tagger, *gazetteer.Gazetteer, error) {
	layers := []*gazetteer.Gazetteer{gazetteer.Default()}
	for _, compiled := range f.Gazetteers {
		g, err := gazetteer.Parse(compiled)
		if err != nil {
			return nil, nil, err
		}
		layers = append(layers, g)
	}
	g := gazetteer.Layered(layers...)
	opts := []entity.Option{entity.WithGazetteer(g), entity.MinConfidence(f.MinConfidence)}
	if len(f.Kinds) > 0 {
		opts = append(opts, entity.Only(f.Kinds...))
	}
	return entity.New(opts...), g, nil
}
