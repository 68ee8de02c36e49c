//! How figures are written.

/// `24.6`
pub fn plain(figure: f64) -> String {
    format!("{figure:.1}")
}

/// `29.0 (1.18×)`, where the other figure is what the first is compared with.
pub fn compared(figure: f64, with: f64) -> String {
    format!("{figure:.1} ({})", times(figure / with))
}

/// `1.18×`
pub fn times(ratio: f64) -> String {
    if ratio < 9.95 { format!("{ratio:.2}×") } else { format!("{ratio:.1}×") }
}

/// `1.13× to 1.64×`: the least and the greatest of these ratios.
pub fn from_to(ratios: impl IntoIterator<Item = f64>) -> String {
    let (least, most) = extremes(ratios);
    match (times(least), times(most)) {
        (least, most) if least == most => least,
        (least, most) => format!("{least} to {most}"),
    }
}

pub fn extremes(figures: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    figures.into_iter().fold(start, |(least, most), figure| (least.min(figure), most.max(figure)))
}

/// Each figure as a multiple of the one at its place in the other list.
pub fn ratios<'a>(figures: &'a [f64], to: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    figures.iter().zip(to).map(|(figure, to)| figure / to)
}

/// The figure in the middle.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
