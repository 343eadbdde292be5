// Meters count in milligrams in a decilitre; the hut in micromoles in a litre. Converted once, at the meter.
import Vitals

extension Glucose {
    /// 1 mmol/L is 18.0182 mg/dL (clinical-rules 3); rounded to the nearest.
    init(milligramsPerDecilitre milligrams: Int, meal: Meal? = nil) {
        self.init(micromolesPerLitre: (milligrams * 10_000_000 + 90_091) / 180_182, meal: meal)
    }

    /// The nearest whole number.
    var milligramsPerDecilitre: Int { (micromolesPerLitre * 180_182 + 5_000_000) / 10_000_000 }
}
