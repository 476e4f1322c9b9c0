//! The parts of a file that answer for a contract, by the names of its methods.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use proc_macro2::Span;
use syn::spanned::Spanned;

/// Lines of a file, counted from 1.
type Lines = RangeInclusive<usize>;

/// What a file has for a contract.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    text: &'a str,
    fields: Option<Lines>,
    methods: BTreeMap<String, Lines>,
}

impl<'a> Pieces<'a> {
    /// Finds them; none if the text does not parse, or nothing in it has the trait.
    pub(super) fn of(text: &'a str, contract: &str) -> Option<Self> {
        let file = syn::parse_file(text).ok()?;
        let impls = || file.items.iter().filter_map(as_impl);
        let (answering, subject) = impls().find_map(|found| {
            let (_, path, _) = found.trait_.as_ref()?;
            (last_name(path)? == contract).then_some((found, type_name(&found.self_ty)?))
        })?;
        let mut methods = BTreeMap::new();
        for method in functions(answering) {
            let name = method.sig.ident.to_string();
            // The references forward to methods of their own, which take more types.
            let own = impls()
                .filter(|found| found.trait_.is_none())
                .filter(|found| type_name(&found.self_ty).as_ref() == Some(&subject))
                .flat_map(functions)
                .find(|own| own.sig.ident == method.sig.ident && calls(text, method, &name));
            methods.insert(name, lines_of(own.unwrap_or(method)));
        }
        let fields = file.items.iter().find_map(|item| match item {
            syn::Item::Struct(found) if found.ident == subject => {
                Some(lines(found.struct_token.span, found.span()))
            }
            _ => None,
        });
        Some(Self {
            text,
            fields,
            methods,
        })
    }

    /// The type's own definition, where this file has it.
    pub(super) fn fields(&self) -> Option<String> {
        self.fields.clone().map(|lines| self.excerpt(lines))
    }

    /// A method of the contract, without what is said above it.
    pub(super) fn method(&self, name: &str) -> Option<String> {
        Some(self.excerpt(self.methods.get(name)?.clone()))
    }

    /// The lines, moved to the left edge.
    fn excerpt(&self, lines: Lines) -> String {
        let count = lines.end() + 1 - lines.start();
        let wanted = self.text.lines().skip(lines.start() - 1).take(count);
        let wanted: Vec<&str> = wanted.collect();
        let margin = wanted
            .first()
            .map_or(0, |line| line.len() - line.trim_start().len());
        wanted
            .into_iter()
            .map(|line| {
                let is_blank = line.chars().take(margin).all(char::is_whitespace);
                let cut = if is_blank { line.get(margin..) } else { None };
                format!("{}\n", cut.unwrap_or(line.trim_start()).trim_end())
            })
            .collect()
    }
}

fn as_impl(item: &syn::Item) -> Option<&syn::ItemImpl> {
    match item {
        syn::Item::Impl(found) => Some(found),
        _ => None,
    }
}

fn functions(found: &syn::ItemImpl) -> impl Iterator<Item = &syn::ImplItemFn> {
    found.items.iter().filter_map(|item| match item {
        syn::ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}

fn last_name(path: &syn::Path) -> Option<String> {
    path.segments.last().map(|part| part.ident.to_string())
}

fn type_name(of: &syn::Type) -> Option<String> {
    match of {
        syn::Type::Path(found) => last_name(&found.path),
        _ => None,
    }
}

/// Whether the method's body calls something of this name.
fn calls(text: &str, method: &syn::ImplItemFn, name: &str) -> bool {
    let body = method.block.span();
    let lines = text.lines().enumerate().skip(body.start().line - 1);
    let mut inside = lines.take_while(|(index, _)| *index < body.end().line);
    let called = format!("{name}(");
    inside.any(|(index, line)| {
        // The method's own name stands before its body.
        let is_first = index + 1 == body.start().line;
        let from = if is_first { body.start().column } else { 0 };
        line.chars()
            .skip(from)
            .collect::<String>()
            .contains(&called)
    })
}

fn lines_of(method: &syn::ImplItemFn) -> Lines {
    lines(method.sig.span(), method.block.span())
}

fn lines(first: Span, last: Span) -> Lines {
    first.start().line..=last.end().line
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
//! Mine.
/// A ring.
struct Mine {
    points: Vec<u64>,
}

impl Ring for Mine {
    fn add(&mut self, server: &str) {
        self.add(server)
    }

    fn owner(&self) -> u64 {
        // The least.
        self.points[0]
    }
}

impl Mine {
    /// Adds.
    pub fn add(&mut self, server: impl AsRef<str>) {
        self.points.push(1);
    }

    fn owner(&self) {}
}
";

    #[test]
    fn a_method_that_forwards_is_followed() {
        let found = Pieces::of(TEXT, "Ring").expect("it has a ring");
        assert_eq!(
            found.method("add").expect("it is there"),
            "pub fn add(&mut self, server: impl AsRef<str>) {\n    self.points.push(1);\n}\n"
        );
        assert_eq!(
            found.method("owner").expect("it is there"),
            "fn owner(&self) -> u64 {\n    // The least.\n    self.points[0]\n}\n"
        );
        assert_eq!(found.method("remove"), None);
    }

    #[test]
    fn the_type_comes_without_what_is_said_above_it() {
        let found = Pieces::of(TEXT, "Ring").expect("it has a ring");
        assert_eq!(
            found.fields().expect("it is there"),
            "struct Mine {\n    points: Vec<u64>,\n}\n"
        );
    }

    #[test]
    fn without_the_trait_there_are_no_pieces() {
        assert!(Pieces::of(TEXT, "Other").is_none());
        assert!(Pieces::of("fn fn", "Ring").is_none());
    }
}
