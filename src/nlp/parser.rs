//! From scores of heads to trees with a single root.

/// Heads of one sentence. `scores` holds for each word a row of `width` scores: first of the root, then of every word as its head.
/// The result has one entry a word: 0 for the root, else the number of the head, counted from 1. Exactly one word has 0.
///
/// The best head of each word is taken where that makes a tree; else the best tree over the likeliest roots is searched.
///
/// # References
/// Chu and Liu 1965; Edmonds 1967; Zmigrod, Vieira and Cotterell 2020 (single root).
pub(super) fn tree(scores: &[f32], width: usize) -> Vec<usize> {
    let count = scores.len().checked_div(width).unwrap_or(0);
    if count == 0 {
        return Vec::new();
    }
    let row = |word: usize| &scores[word * width..=word * width + count];
    let greedy: Vec<usize> = (0..count).map(|word| best(row(word), |head| head != word + 1)).collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let mut roots: Vec<usize> = (0..count).filter(|&word| greedy[word] == 0).collect();
    if roots.is_empty() {
        roots = (0..count).collect();
    }
    // How much a word prefers the root over its best other head.
    let preference = |word: usize| row(word)[0] - row(word)[best(&row(word)[1..], |head| head != word) + 1];
    roots.sort_by(|&a, &b| preference(b).total_cmp(&preference(a)));
    roots.truncate(3);
    let size = count + 1;
    let mut found: Option<(f64, Vec<usize>)> = None;
    for root in roots {
        let mut table = vec![f32::MIN; size * size];
        for word in 1..size {
            for head in 0..size {
                let allowed = head != word && (head == 0) == (word == root + 1);
                if allowed {
                    table[word * size + head] = row(word - 1)[head];
                }
            }
        }
        let heads = arborescence(&table, size);
        let sum: f64 = (1..size).map(|word| f64::from(table[word * size + heads[word]])).sum();
        if found.as_ref().is_none_or(|(top, _)| sum > *top) {
            found = Some((sum, heads[1..].to_vec()));
        }
    }
    found.map(|(_, heads)| heads).filter(|heads| is_tree(heads)).unwrap_or_else(|| chain(count))
}

/// A tree that always exists: the first word is the root of all others.
fn chain(count: usize) -> Vec<usize> {
    (0..count).map(|word| usize::from(word > 0)).collect()
}

fn best(row: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut top = usize::MAX;
    for (index, &score) in row.iter().enumerate() {
        if allowed(index) && (top == usize::MAX || score > row[top]) {
            top = index;
        }
    }
    if top == usize::MAX { 0 } else { top }
}

/// Whether the heads (0 = root) make a tree with one root.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|&&head| head == 0).count() != 1 {
        return false;
    }
    // 0 not seen, 1 on the way, 2 leads to the root
    let mut state = vec![0_u8; heads.len()];
    for start in 0..heads.len() {
        let mut path = Vec::new();
        let mut at = start;
        loop {
            match state[at] {
                0 => {
                    state[at] = 1;
                    path.push(at);
                    match heads[at].checked_sub(1) {
                        Some(next) => at = next,
                        None => break,
                    }
                }
                1 => return false,
                _ => break,
            }
        }
        for node in path {
            state[node] = 2;
        }
    }
    true
}

/// Best tree out of node 0 for a square table of scores `[node][head]`. Gives the head of each node; the entry of node 0 has no meaning.
/// Cycles are contracted one after another, so the depth of the work is bounded by the number of nodes.
fn arborescence(table: &[f32], size: usize) -> Vec<usize> {
    struct Contraction {
        cycle: Vec<usize>,
        /// Node of the smaller graph to node of the larger one; the last of the smaller is the cycle.
        rest: Vec<usize>,
        head: Vec<usize>,
        enter: Vec<usize>,
        leave: Vec<usize>,
    }
    let mut stack: Vec<Contraction> = Vec::new();
    let mut scores = table.to_vec();
    let mut n = size;
    let mut heads = loop {
        let head: Vec<usize> = (0..n)
            .map(|node| if node == 0 { 0 } else { best(&scores[node * n..(node + 1) * n], |head| head != node) })
            .collect();
        let Some(cycle) = find_cycle(&head) else { break head };
        let mut inside = vec![false; n];
        for &node in &cycle {
            inside[node] = true;
        }
        let rest: Vec<usize> = (0..n).filter(|&node| !inside[node]).collect();
        let m = rest.len() + 1;
        let c = rest.len();
        let mut smaller = vec![f32::MIN; m * m];
        let mut enter = vec![0; n];
        let mut leave = vec![0; n];
        for (i, &node) in rest.iter().enumerate() {
            for (j, &head) in rest.iter().enumerate() {
                smaller[i * m + j] = scores[node * n + head];
            }
            let mut top = cycle[0];
            for &head in &cycle {
                if scores[node * n + head] > scores[node * n + top] {
                    top = head;
                }
            }
            smaller[i * m + c] = scores[node * n + top];
            leave[node] = top;
        }
        for (j, &from) in rest.iter().enumerate() {
            let gain = |node: usize| scores[node * n + from] - scores[node * n + head[node]];
            let mut top = cycle[0];
            for &node in &cycle {
                if gain(node) > gain(top) {
                    top = node;
                }
            }
            smaller[c * m + j] = gain(top).max(f32::MIN);
            enter[from] = top;
        }
        stack.push(Contraction { cycle, rest, head, enter, leave });
        scores = smaller;
        n = m;
    };
    while let Some(step) = stack.pop() {
        let c = step.rest.len();
        let mut out = step.head.clone();
        for (i, &node) in step.rest.iter().enumerate() {
            if node != 0 {
                out[node] = if heads[i] == c { step.leave[node] } else { step.rest[heads[i]] };
            }
        }
        for &node in &step.cycle {
            out[node] = step.head[node];
        }
        let from = step.rest.get(heads[c]).copied().unwrap_or(0);
        out[step.enter[from]] = from;
        heads = out;
    }
    heads
}

/// A cycle that does not pass node 0.
fn find_cycle(head: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0_u8; head.len()];
    if let Some(root) = state.first_mut() {
        *root = 2;
    }
    for start in 1..head.len() {
        let mut path = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            path.push(at);
            at = head[at];
        }
        if state[at] == 1 {
            let from = path.iter().position(|&node| node == at)?;
            return Some(path.split_off(from));
        }
        for node in path {
            state[node] = 2;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn always_one_root_and_no_cycle() {
        let mut seed = 7_u32;
        for count in [1, 2, 3, 5, 9, 30, 120] {
            for _ in 0..30 {
                let scores: Vec<f32> = (0..count * (count + 1))
                    .map(|_| {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (seed >> 8) as f32 / 65536.0 - 100.0
                    })
                    .collect();
                let heads = tree(&scores, count + 1);
                assert!(heads.len() == count && is_tree(&heads), "{heads:?}");
            }
        }
        assert!(is_tree(&tree(&[f32::NAN; 12], 4)));
        assert!(tree(&[], 1).is_empty());
    }

    #[test]
    fn best_of_all_trees_of_four_words() {
        // Against trying every assignment of heads.
        let mut seed = 3_u32;
        for _ in 0..200 {
            let scores: Vec<f32> = (0..20)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    f32::from((seed >> 20) as u16)
                })
                .collect();
            let sum = |heads: &[usize]| heads.iter().enumerate().map(|(w, &h)| scores[w * 5 + h]).sum::<f32>();
            let mut top = f32::MIN;
            for code in 0..625_usize {
                let heads = [code % 5, code / 5 % 5, code / 25 % 5, code / 125];
                if heads.iter().enumerate().all(|(w, &h)| h != w + 1) && is_tree(&heads) {
                    top = top.max(sum(&heads));
                }
            }
            let found = sum(&tree(&scores, 5));
            // Only the three likeliest roots are tried, so a rare loss is allowed, but no gain.
            assert!(found <= top);
            assert!(found > top * 0.9);
        }
    }
}
