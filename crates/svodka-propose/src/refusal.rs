//! Why a proposal does not stand.

use std::fmt;

/// Why a proposed claim was refused. The order is that of the checks: the first that fails is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Beyond the number of proposals that one paragraph may bring.
    TooMany,
    /// It is not of the form that was asked for.
    Shape,
    /// No such kind is in the schema.
    Kind,
    /// Its quotation does not stand in the text.
    QuotationMissing,
    /// Its quotation stands in the text at several places.
    QuotationTwice,
    /// Its quotation stands in the text, but not in the paragraph that was shown.
    QuotationElsewhere,
    /// Its kind has no such role.
    RoleUnknown,
    /// A role is empty without which its kind says nothing.
    RoleMissing,
    /// What fills a role neither stands in the quotation nor is a thing that the report names.
    RoleElsewhere,
    /// What fills a role is of a type that the role does not take.
    RoleType,
    /// Its kind has no such field, or the field no such value; or certainty or polarity has none such.
    Value,
    /// Its date stands nowhere in the quotation, or is no date that was read there.
    Date,
    /// Who is said to have said it neither stands in the quotation nor is named by the report.
    Source,
    /// It was read already, or proposed before.
    Known,
}

impl Refusal {
    /// For programs: stays the same from version to version.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::TooMany => "too-many",
            Refusal::Shape => "shape",
            Refusal::Kind => "kind",
            Refusal::QuotationMissing => "quotation-missing",
            Refusal::QuotationTwice => "quotation-twice",
            Refusal::QuotationElsewhere => "quotation-elsewhere",
            Refusal::RoleUnknown => "role-unknown",
            Refusal::RoleMissing => "role-missing",
            Refusal::RoleElsewhere => "role-elsewhere",
            Refusal::RoleType => "role-type",
            Refusal::Value => "value",
            Refusal::Date => "date",
            Refusal::Source => "source",
            Refusal::Known => "known",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
