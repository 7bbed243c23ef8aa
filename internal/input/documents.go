package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lines"
)

// MaxLine is the longest line of JSON Lines, in bytes.
const MaxLine = 4 << 20

// Document is a line of JSON Lines.
type Document struct {
	ID   json.RawMessage // nil where it has none
	Date gazetteer.Date  // zero where it has none
	Text string
	Line int
}

// Documents reads JSON Lines: an object with "text", and, if it has them, "id" and "date",
// a line. Blank lines are skipped. Faulty lines, which are named by the file, go to fail,
// the others to each, until one of the two returns false. It fails on what is no text, and
// on JSON that is not in lines.
func (in *Reader) Documents(f Form, name string,
	each func(Document) bool, fail func(error) bool) error {
	r, converted, err := in.decoded()
	if err != nil {
		return err
	}
	if !converted {
		head, _ := in.r.Peek(headBytes) // a fault comes again when it is read
		if err := inLines(f, head); err != nil {
			return err
		}
	}
	n := 0
	for line, err := range lines.All(r, MaxLine) {
		n++
		var fault *lines.Fault
		var object struct {
			ID   json.RawMessage `json:"id"`
			Date string          `json:"date"`
			Text *string         `json:"text"`
		}
		var date gazetteer.Date
		switch {
		case errors.Is(err, lines.ErrTooLong):
			fault = &lines.Fault{Column: MaxLine + 1, Why: fmt.Sprintf("a line of more than %d bytes", MaxLine)}
		case err != nil:
			return err
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			if fault = lines.JSON(line, &object); fault != nil {
				break
			}
			if date, err = dateOf(object.Date); err != nil {
				fault = &lines.Fault{Column: 1, Why: `"date": ` + err.Error()}
			} else if object.Text == nil {
				fault = &lines.Fault{Column: 1, Why: `no "text"`}
			}
		}
		if fault != nil {
			fault.File, fault.Line = name, n
			if !fail(fault) {
				return nil
			}
			continue
		}
		if !each(Document{object.ID, date, *object.Text, n}) {
			return nil
		}
	}
	return nil
}

// dateOf reads a date, or takes the day of a time, as RFC 3339 writes it.
func dateOf(s string) (gazetteer.Date, error) {
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		s = at.Format(time.DateOnly)
	}
	return gazetteer.ParseDate(s)
}

// inLines returns why JSON that begins so is not read as JSON Lines. What only the
// ending of a file says is doubted more than what somebody asked for.
func inLines(f Form, head []byte) error {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	first, _, more := bytes.Cut(head, []byte{'\n'})
	first = bytes.TrimRight(first, " \t\r")
	const want = `not JSON Lines; want an object {"id":…,"text":…} a line`
	switch {
	case bytes.Equal(first, []byte("[")), f == JSON && bytes.HasPrefix(first, []byte("[")):
		return errors.New("an array of JSON, " + want)
	case bytes.Equal(first, []byte("{")) && more:
		return errors.New("JSON over several lines, " + want)
	case f == JSON && len(first) > 0 && (first[0] != '{' || more && !json.Valid(first)):
		return errors.New(want)
	}
	return nil
}
