//! Events as evidence: built from an assignment, made small, and made to look like a record of CloudTrail.
//!
//! Nothing is changed that the purpose of the event does not survive; the reference evaluator is asked after every change.

use serde_json::{Map, Value as Json};

use super::places::{Place, PlaceId, Places, Shape, Stretch};
use super::plausible;
use crate::pattern::event::Event;

/// The content of a place in an assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) shape: Shape,
    /// A text, or the spelling of a number.
    pub(super) text: String,
}

/// Builds the event of an assignment; nothing when it does not serve its purpose.
pub(super) fn build(
    places: &Places,
    contents: &[Content],
    confirms: &dyn Fn(&Event) -> bool,
) -> Option<Event> {
    let Json::Object(members) = Builder { places, contents }.json(Places::root())? else {
        return Some(Event::parse("no JSON object")).filter(confirms);
    };
    let mut draft = Draft {
        members,
        confirms,
        effort: MAXIMUM_EFFORT,
    };
    if !draft.serves() {
        return None;
    }
    draft.shrink(&mut Vec::new());
    draft.simplify(&mut Vec::new());
    plausible::improve(&mut draft);
    Some(draft.event())
}

/// Reads JSON off an assignment.
struct Builder<'assignment> {
    places: &'assignment Places,
    contents: &'assignment [Content],
}

impl Builder<'_> {
    /// Builds what stands at a place; nothing when it is missing.
    fn json(&self, id: PlaceId) -> Option<Json> {
        let Content { shape, text } = self.contents.get(id)?;
        Some(match shape {
            Shape::Missing => return None,
            Shape::Null => Json::Null,
            Shape::True => Json::Bool(true),
            Shape::False => Json::Bool(false),
            Shape::Text => Json::String(text.clone()),
            Shape::Number => number(text),
            Shape::Infinite => number("1e309"),
            Shape::MinusInfinite => number("-1e309"),
            Shape::List => Json::Array(self.elements(self.places.get(id)?)),
            Shape::Object => Json::Object(self.members(self.places.get(id)?)),
        })
    }

    fn members(&self, place: &Place) -> Map<String, Json> {
        let named = place
            .members
            .iter()
            .filter_map(|(name, &id)| Some((name.clone(), self.json(id)?)));
        let mut members: Map<String, Json> = named.collect();
        let open_end = place
            .stretches
            .iter()
            .filter(|stretch| stretch.length.is_none());
        let unnamed = open_end
            .flat_map(|stretch| &stretch.places)
            .filter_map(|&id| self.json(id));
        let free_names = (1_u32..)
            .map(|count| format!("other{count}"))
            .filter(|name| !place.members.contains_key(name));
        members.extend(free_names.zip(unnamed));
        members
    }

    fn elements(&self, place: &Place) -> Vec<Json> {
        let mut elements = Vec::new();
        for (position, stretch) in place.stretches.iter().enumerate() {
            let later = place.stretches.get(position + 1..).unwrap_or_default();
            let goes_on = later
                .iter()
                .flat_map(|stretch| &stretch.places)
                .any(|&id| self.json(id).is_some());
            self.extend(&mut elements, stretch, goes_on);
        }
        elements
    }

    /// Adds the elements of a stretch; all of them when the list goes on behind it.
    fn extend(&self, elements: &mut Vec<Json>, stretch: &Stretch, goes_on: bool) {
        let present: Vec<Json> = stretch
            .places
            .iter()
            .filter_map(|&id| self.json(id))
            .collect();
        let length = stretch
            .length
            .and_then(|length| usize::try_from(length).ok())
            .filter(|_| goes_on);
        let missing = length.unwrap_or_default().saturating_sub(present.len());
        let filler = present.first().cloned().unwrap_or(Json::Null);
        elements.extend(present);
        elements.extend(std::iter::repeat_n(filler, missing));
    }
}

fn number(spelling: &str) -> Json {
    spelling
        .parse::<serde_json::Number>()
        .map_or(Json::Null, Json::Number)
}

/// The length of all events that are tried to improve one.
const MAXIMUM_EFFORT: usize = 1_000_000;

/// An event that is being improved.
pub(super) struct Draft<'purpose> {
    members: Map<String, Json>,
    confirms: &'purpose dyn Fn(&Event) -> bool,
    effort: usize,
}

/// A step into an event: the name of a member, or the position of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    Name(String),
    Position(usize),
}

impl Draft<'_> {
    fn event(&self) -> Event {
        Event::from_value(Json::Object(self.members.clone()))
    }

    fn serves(&mut self) -> bool {
        let event = self.event();
        self.effort = self.effort.saturating_sub(event.text().len());
        (self.confirms)(&event)
    }

    /// Makes a change, and takes it back when the event no longer serves its purpose. Tells whether the change stayed.
    pub(super) fn attempt(&mut self, change: impl FnOnce(&mut Map<String, Json>)) -> bool {
        if self.effort == 0 {
            return false;
        }
        let before = self.members.clone();
        change(&mut self.members);
        let serves = self.serves();
        if !serves {
            self.members = before;
        }
        serves
    }

    /// Returns the members of the event.
    pub(super) fn members(&self) -> &Map<String, Json> {
        &self.members
    }

    /// Leaves out every member and every element that is not needed, below `path`; many at a time while that works.
    fn shrink(&mut self, path: &mut Vec<Key>) {
        let mut keys = keys(&self.members, path);
        let mut size = keys.len();
        while size > 0 {
            let mut kept = Vec::new();
            for chunk in keys.rchunks(size) {
                let removed = self.attempt(|members| {
                    for key in chunk.iter().rev() {
                        remove(members, path, key);
                    }
                });
                if !removed {
                    kept.splice(0..0, chunk.iter().cloned());
                }
            }
            keys = renumbered(kept);
            size /= 2;
        }
        for key in keys {
            path.push(key);
            self.shrink(path);
            path.pop();
        }
    }

    /// Writes what is left in the simplest way that serves.
    fn simplify(&mut self, path: &mut Vec<Key>) {
        for key in keys(&self.members, path) {
            let element = matches!(key, Key::Position(_));
            path.push(key);
            let simpler = at(&mut self.members, path).and_then(|value| simpler(value, element));
            let simplified = simpler.is_some_and(|simpler| {
                self.attempt(|members| {
                    if let Some(value) = at(members, path) {
                        *value = simpler;
                    }
                })
            });
            if !simplified {
                self.simplify(path);
            }
            path.pop();
        }
    }
}

/// Elements of a list move up when some before them are removed.
fn renumbered(keys: Vec<Key>) -> Vec<Key> {
    let numbered = keys.into_iter().enumerate();
    numbered
        .map(|(position, key)| match key {
            Key::Name(_) => key,
            Key::Position(_) => Key::Position(position),
        })
        .collect()
}

/// Returns a simpler value that may do as well: a whole number, a text that can be seen, nothing in a list.
fn simpler(value: &Json, element: bool) -> Option<Json> {
    match value {
        Json::Number(spelling) => spelling.to_string().strip_suffix(".0").map(number),
        Json::String(text) => text.is_empty().then(|| Json::from("other")),
        Json::Object(members) => (element && members.is_empty()).then_some(Json::Null),
        Json::Array(elements) => (element && elements.is_empty()).then_some(Json::Null),
        Json::Null | Json::Bool(_) => None,
    }
}

/// Returns the steps to the children of what stands at a path.
fn keys(members: &Map<String, Json>, path: &[Key]) -> Vec<Key> {
    let names = |members: &Map<String, Json>| members.keys().cloned().map(Key::Name).collect();
    let Some((Key::Name(first), rest)) = path.split_first() else {
        return names(members);
    };
    let found = rest.iter().try_fold(members.get(first), |value, key| {
        Some(match key {
            Key::Name(name) => value?.get(name),
            Key::Position(position) => value?.get(*position),
        })
    });
    match found.flatten() {
        Some(Json::Object(members)) => names(members),
        Some(Json::Array(elements)) => (0..elements.len()).map(Key::Position).collect(),
        Some(Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_)) | None => Vec::new(),
    }
}

/// Returns what stands at a path, which holds a step at least.
fn at<'event>(members: &'event mut Map<String, Json>, path: &[Key]) -> Option<&'event mut Json> {
    let (Key::Name(first), rest) = path.split_first()? else {
        return None;
    };
    rest.iter()
        .try_fold(members.get_mut(first)?, |value, key| match key {
            Key::Name(name) => value.get_mut(name),
            Key::Position(position) => value.get_mut(*position),
        })
}

fn remove(members: &mut Map<String, Json>, parent: &[Key], key: &Key) {
    match (at(members, parent), key) {
        (None, Key::Name(name)) => {
            members.remove(name);
        }
        (Some(Json::Object(members)), Key::Name(name)) => {
            members.remove(name);
        }
        (Some(Json::Array(elements)), Key::Position(position)) if *position < elements.len() => {
            elements.remove(*position);
        }
        (Some(_) | None, Key::Name(_) | Key::Position(_)) => {}
    }
}
