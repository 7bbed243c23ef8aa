//go:build js && wasm

// Command wasm is the tagger for the page's worker: it gives it the functions
// steppeEntities and steppeConvert, which take a request as JSON and return an object
// with an answer or an error.
package main

import (
	"context"
	"strings"
	"syscall/js"

	"github.com/steppe-ner/steppe/examples/web/page"
)

func main() {
	for name, form := range map[string]page.Form{"steppeEntities": page.Entities, "steppeConvert": page.Convert} {
		js.Global().Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			answer, err := answer(args[0].String(), form)
			if err != nil {
				return map[string]any{"error": err.Error()}
			}
			return map[string]any{"answer": answer}
		}))
	}
	js.Global().Call("steppeReady")
	select {}
}

func answer(data string, form page.Form) (string, error) {
	request, err := page.Decode([]byte(data), form)
	if err != nil {
		return "", err
	}
	tagger, err := request.Tagger()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for chunk, err := range tagger.Answer(context.Background(), request) {
		if err != nil {
			return "", err
		}
		b.Write(chunk)
	}
	return b.String(), nil
}
