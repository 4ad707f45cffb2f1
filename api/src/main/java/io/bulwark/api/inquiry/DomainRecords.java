package io.bulwark.api.inquiry;

import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.ledger.Refusal;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.netting.margin.Explanation;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.WorstScenario;
import io.micronaut.serde.annotation.SerdeImport;

/** The domain's own records go out as JSON in their own shape: there is no second set of them. */
@SerdeImport(Epoch.class)
@SerdeImport(SealedEpoch.class)
@SerdeImport(QuarantinedPayload.class)
@SerdeImport(Refusal.class)
@SerdeImport(Explanation.Term.class)
@SerdeImport(StressRow.class)
@SerdeImport(MemberLoss.class)
@SerdeImport(HedgingBenefit.class)
@SerdeImport(HedgingBenefit.Line.class)
@SerdeImport(WorstScenario.class)
@SerdeImport(WorstScenario.Part.class)
@SerdeImport(WorstScenario.GroupRow.class)
final class DomainRecords {
    private DomainRecords() {}
}
