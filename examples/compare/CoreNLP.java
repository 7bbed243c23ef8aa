import edu.stanford.nlp.pipeline.*;
import edu.stanford.nlp.ling.*;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

// Names of the texts on standard input, a JSON string a line, by CoreNLP's
// three-class CRF.
public class CoreNLP {
  public static void main(String[] args) throws IOException {
    Properties p = new Properties();
    p.setProperty("annotators", "tokenize,pos,lemma,ner");
    p.setProperty("ner.model", "edu/stanford/nlp/models/ner/english.all.3class.distsim.crf.ser.gz");
    p.setProperty("ner.applyFineGrained", "false");
    p.setProperty("ner.applyNumericClassifiers", "false");
    p.setProperty("ner.useSUTime", "false");
    p.setProperty("ner.buildEntityMentions", "true");
    StanfordCoreNLP nlp = new StanfordCoreNLP(p);
    Map<String, String> kinds = Map.of("PERSON", "person", "LOCATION", "place", "ORGANIZATION", "organisation");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line; (line = in.readLine()) != null; ) {
      String text = unquote(line);
      CoreDocument d = new CoreDocument(text);
      nlp.annotate(d);
      StringJoiner names = new StringJoiner(",", "[", "]");
      if (d.entityMentions() != null) {
        for (CoreEntityMention m : d.entityMentions()) {
          String kind = kinds.get(m.entityType());
          if (kind != null && !PRONOUNS.contains(m.text().toLowerCase())) {
            int start = bytes(text, m.charOffsets().first()), end = bytes(text, m.charOffsets().second());
            names.add("{\"Start\":" + start + ",\"End\":" + end + ",\"Type\":\"" + kind + "\"}");
          }
        }
      }
      out.println(names);
    }
  }

  // CoreNLP lists these as mentions of persons too.
  static final Set<String> PRONOUNS = Set.of("he", "him", "his", "himself", "she", "her", "hers", "herself");

  static int bytes(String text, int chars) {
    return text.substring(0, chars).getBytes(StandardCharsets.UTF_8).length;
  }

  static String unquote(String json) {
    StringBuilder b = new StringBuilder();
    for (int i = 1; i < json.length() - 1; i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        b.append(c);
        continue;
      }
      c = json.charAt(++i);
      switch (c) {
        case 'n': b.append('\n'); break;
        case 't': b.append('\t'); break;
        case 'r': b.append('\r'); break;
        case 'b': b.append('\b'); break;
        case 'f': b.append('\f'); break;
        case 'u': b.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16)); i += 4; break;
        default: b.append(c);
      }
    }
    return b.toString();
  }
}
