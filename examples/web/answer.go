package main

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/steppe-ner/steppe/examples/web/page"
)

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // a client that has gone needs no answer
}

// refusal is what a request that is refused is answered.
type refusal struct {
	Error string `json:"error"`
	Field string `json:"field,omitempty"` // that is at fault
}

func refusalOf(err error) refusal {
	answer := refusal{Error: err.Error()}
	var fault *page.Fault
	if errors.As(err, &fault) {
		answer.Field = fault.Field
	}
	return answer
}

func refuse(w http.ResponseWriter, r *http.Request, status int, err error) {
	discard(w, r)
	answer(w, status, refusalOf(err))
}
