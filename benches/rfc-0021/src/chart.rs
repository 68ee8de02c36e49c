//! Plots: a row for each thing that is measured, and in it a mark for each way to do it.

use std::error::Error;

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::figures::extremes;

pub struct Chart {
    /// What the figures are, below the axis.
    pub axis: &'static str,
    pub rows: Vec<String>,
    /// A name, and a figure for each row.
    pub series: Vec<(&'static str, Vec<f64>)>,
}

/// Colours that are told apart whatever one's eyes are.
const COLOURS: [RGBColor; 5] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(86, 86, 86),
    RGBColor(204, 121, 167),
];

const WIDTH: u32 = 800;
const LABELS: u32 = 320;
const ROW: u32 = 26;
const FONT: (&str, u32) = ("sans-serif", 14);

type Area<'b> = DrawingArea<SVGBackend<'b>, Shift>;
type Drawn = Result<(), Box<dyn Error>>;

impl Chart {
    /// The plot as SVG.
    pub fn svg(&self) -> String {
        let mut svg = String::new();
        self.draw(&mut svg).expect("text can be written to");
        svg
    }

    fn draw(&self, svg: &mut String) -> Drawn {
        let height = ROW * self.rows.len() as u32 + 90;
        let area = SVGBackend::with_string(svg, (WIDTH, height)).into_drawing_area();
        area.fill(&WHITE)?;
        self.legend(&area)?;
        self.plot(&area)?;
        area.present()?;
        Ok(())
    }

    fn legend(&self, area: &Area) -> Drawn {
        let width = WIDTH as i32 / self.series.len() as i32;
        for (at, (name, _)) in self.series.iter().enumerate() {
            let x = 20 + at as i32 * width;
            mark(area, at, (x, 16))?;
            area.draw(&Text::new(*name, (x + 10, 9), FONT))?;
        }
        Ok(())
    }

    fn plot(&self, area: &Area) -> Drawn {
        let rows = self.rows.len() as i32;
        // Counted from below by the plot, from above by the reader.
        let place = |row: usize| SegmentValue::CenterOf(rows - 1 - row as i32);
        let (least, most) = extremes(self.series.iter().flat_map(|(_, figures)| figures).copied());
        let mut chart = ChartBuilder::on(area)
            .margin_top(30)
            .margin_right(20)
            .x_label_area_size(48)
            .y_label_area_size(LABELS - 20)
            .build_cartesian_2d(
                (least * 0.9..most * 1.1).log_scale().with_key_points(ticks(least, most)),
                (0..rows - 1).into_segmented(),
            )?;
        chart
            .configure_mesh()
            .label_style(FONT)
            .axis_desc_style(FONT)
            .x_desc(self.axis)
            .x_label_formatter(&|figure| figure.to_string())
            .y_labels(self.rows.len())
            .y_label_formatter(&|at| self.label(at))
            .draw()?;
        for (at, (_, figures)) in self.series.iter().enumerate() {
            for (row, figure) in figures.iter().enumerate() {
                mark(area, at, chart.backend_coord(&(*figure, place(row))))?;
            }
        }
        Ok(())
    }
}

impl Chart {
    fn label(&self, place: &SegmentValue<i32>) -> String {
        match place {
            SegmentValue::CenterOf(at) => {
                self.rows[self.rows.len() - 1 - *at as usize].replace('`', "")
            }
            _ => String::new(),
        }
    }
}

/// Round figures, close enough to read others by.
fn ticks(least: f64, most: f64) -> Vec<f64> {
    let decades = [1.0, 10.0, 100.0, 1000.0].into_iter();
    let all = decades.flat_map(|decade| [1.0, 1.5, 2.0, 3.0, 5.0, 7.0].map(|step| step * decade));
    all.filter(|tick| (least * 0.9..=most * 1.1).contains(tick)).collect()
}

/// Draws the mark of a series; told apart by its shape, too.
fn mark(area: &Area, series: usize, at: (i32, i32)) -> Drawn {
    let colour = COLOURS[series];
    match series {
        0 => area.draw(&Circle::new(at, 5, colour.filled()))?,
        1 => area.draw(&TriangleMarker::new(at, 7, colour.filled()))?,
        2 => area.draw(&Cross::new(at, 5, colour.stroke_width(2)))?,
        3 => area.draw(&Circle::new(at, 5, colour.stroke_width(2)))?,
        _ => area.draw(&TriangleMarker::new(at, 7, colour.stroke_width(2)))?,
    }
    Ok(())
}
