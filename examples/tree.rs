use demarche::{corpus::{ReadOptions, read_paths}, pipeline::Engine, nlp::Trees};
fn main() {
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let want = std::env::var("W").unwrap_or_default();
    let engine = Engine::new(&[]).unwrap();
    let (docs, _) = read_paths(&paths, &ReadOptions::default());
    let resolver = demarche::actors::Resolver::new(demarche::ontology::Ontology::with(&[]).unwrap());
    for d in &docs {
        let a = if std::env::var("NC").is_ok() { engine.analyse_without_claims(d) } else { engine.analyse(d) };
        let t = Trees::new(&d.text, &a);
        let cast = resolver.cast(&t, &d.id, d.metadata.published.as_deref());
        for s in &a.sentences {
            let text = s.span.of(&d.text);
            if !want.is_empty() && !text.contains(&want) { continue; }
            for i in s.tokens.clone() {
                let k = t.token(i);
                let m: Vec<String> = cast.mentions.iter().filter(|m| m.head == i).map(|m| format!("{:?}[{}..{}]{:?}", m.form, m.first, m.last, m.actors.iter().map(|&x| format!("{}/{:?}/{:?}/{:?}", cast.actors[x].label, cast.actors[x].kind, cast.actors[x].bloc, cast.actors[x].roles)).collect::<Vec<_>>())).collect();
                println!("{i}\t{}\t{}\t{:?}\t{}\t{:?}\t{}\t{:?}\t{:?}\t{}", t.word(i), t.lemma(i), k.upos, k.xpos, k.head, k.rel, k.entity, k.part, m.join(" "));
            }
            for g in &a.signals { if s.tokens.contains(&g.content.0) { println!("SIGNAL p={:.2} content {:?} cue {:?} src {:?} span {:?} acts {:?} addr {:?}", g.probability, g.content, g.cue, g.source, g.source_span, g.acts.iter().map(|x| (x*100.0) as i32).collect::<Vec<_>>(), g.addressees); } }
            println!();
        }
    }
}
