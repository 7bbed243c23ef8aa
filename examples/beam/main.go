// Command beam finds the entities of any number of documents with Apache Beam. It
// reads globs of text files, JSON Lines and compressed files, and writes sharded
// JSON Lines like those of examples/tag, the mentions counted by entity and day,
// and what could not be read:
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
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

var (
	input         = flag.String("input", "", "read the files that these `globs` match, separated by commas: a text each, or JSON Lines where the name ends in .jsonl; through gzip or zstd where it then ends in .gz or .zst")
	output        = flag.String("output", "", "write to files whose names begin with this `prefix`")
	shards        = flag.Int("shards", 4, "write the results to this `number` of files")
	minConfidence = flag.Float64("min-confidence", 0, "keep only entities of at least this `probability`, 0 to 1")
)

func main() {
	flag.Parse()
	beam.Init()
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "beam:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	if *input == "" || *output == "" || *shards < 1 || flag.NArg() > 0 {
		return errors.New("-input and -output are needed, at least one shard, and no argument; -help explains")
	}
	p, s := beam.NewPipelineWithRoot()
	var files []beam.PCollection
	for glob := range strings.SplitSeq(*input, ",") {
		matches := fileio.MatchFiles(s, glob, fileio.MatchEmptyDisallow())
		files = append(files, fileio.ReadMatches(s, matches, fileio.ReadUncompressed()))
	}
	documents, unread := Read(s, beam.Reshuffle(s, beam.Flatten(s, files...)))
	lines, mentions := Find(s, documents, *minConfidence)
	Write(s, *output+"-entities", *shards, lines)
	Write(s, *output+"-counts", 1, Count(s, mentions))
	Write(s, *output+"-unread", 1, unread)
	return beamx.Run(ctx, p)
}
