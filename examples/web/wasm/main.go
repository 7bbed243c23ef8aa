//go:build js && wasm

// Command wasm is the tagger for the page's worker: it gives it the functions
// steppeEntities, steppeConvert and steppeMap, from JSON to JSON.
package main

import (
	"encoding/json"
	"syscall/js"

	"github.com/steppe-ner/steppe/examples/web/page"
)

func main() {
	js.Global().Set("steppeEntities", js.FuncOf(func(_ js.Value, args []js.Value) any {
		request, err := page.Decode([]byte(args[0].String()))
		if err != nil {
			return encode(map[string]string{"error": err.Error()})
		}
		return encode(page.Find(request))
	}))
	js.Global().Set("steppeConvert", js.FuncOf(func(_ js.Value, args []js.Value) any {
		request, err := page.Decode([]byte(args[0].String()))
		var data string
		if err == nil {
			data, err = page.Convert(request)
		}
		if err != nil {
			return encode(map[string]string{"error": err.Error()})
		}
		return encode(map[string]string{"data": data})
	}))
	js.Global().Set("steppeMap", js.FuncOf(func(js.Value, []js.Value) any { return encode(page.Dots()) }))
	js.Global().Call("postMessage", "ready")
	select {}
}

func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers
	}
	return string(data)
}
