package io.bulwark.api.inquiry;

import io.bulwark.netting.margin.Explanation;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.WorstScenario;
import io.micronaut.serde.annotation.SerdeImport;

/** The domain's own records go out as JSON in their own shape: there is no second set of them. */
@SerdeImport(Explanation.Term.class)
@SerdeImport(HedgingBenefit.class)
@SerdeImport(HedgingBenefit.Line.class)
@SerdeImport(WorstScenario.class)
@SerdeImport(WorstScenario.Part.class)
@SerdeImport(WorstScenario.GroupRow.class)
final class DomainRecords {
    private DomainRecords() {}
}
