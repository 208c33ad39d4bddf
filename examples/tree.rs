//! Prints the trees, mentions and claims of an article: for development.
use demarche::{
    actors::Resolver,
    corpus,
    nlp::{Model, Trees},
    ontology::Ontology,
};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (docs, _) = corpus::read_paths(&args[..1], &corpus::ReadOptions::default());
    let want = args.get(1).cloned().unwrap_or_default();
    for d in &docs {
        let a = Model::embedded().analyse(d);
        let t = Trees::new(&d.text, &a);
        let cast = Resolver::new(Ontology::embedded().unwrap()).cast(&t, None);
        for s in &a.sentences {
            if !s.span.of(&d.text).contains(&want) {
                continue;
            }
            println!("## [{:?}] {}", d.blocks[s.block].kind, s.span.of(&d.text));
            for i in s.tokens.clone() {
                let k = t.token(i);
                let m: Vec<String> = cast
                    .mentions
                    .iter()
                    .filter(|m| m.head == i)
                    .map(|m| {
                        format!(
                            "<{}..{} {:?} {:?}>",
                            t.word(m.first),
                            t.word(m.last),
                            m.form,
                            m.actors
                                .iter()
                                .map(|&x| cast.actors[x].label.clone()
                                    + "/"
                                    + cast.actors[x].bloc.as_deref().unwrap_or("-"))
                                .collect::<Vec<_>>()
                        )
                    })
                    .collect();
                println!(
                    "{i:5} {:16} {:14} {:6} {:5} {:12} -> {:12} {:?} {:?} {}",
                    t.word(i),
                    t.lemma(i),
                    k.upos.as_str(),
                    k.xpos,
                    k.rel,
                    k.head.map_or("ROOT", |h| t.word(h)),
                    k.part,
                    k.entity,
                    m.join(" ")
                );
            }
        }
    }
}
