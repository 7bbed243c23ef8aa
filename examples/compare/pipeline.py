import json
import os
import sys

import spacy

nlp = spacy.load(os.environ["SPACY"], disable=["parser", "lemmatizer", "attribute_ruler"])
kinds = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}
for line in sys.stdin:
    text = json.loads(line)
    names = []
    for e in nlp(text).ents:
        if e.label_ in kinds:
            start, end = e.start_char, e.end_char
            if text[start:].lower().startswith("the "):
                start += 4
            if text[:end].endswith(("'s", "\u2019s")):
                end -= 2
            names.append({"Start": len(text[:start].encode()), "End": len(text[:end].encode()), "Type": kinds[e.label_]})
    print(json.dumps(names), flush=True)
