package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.JsonDocument;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.venuemargin.Pmrm1;
import io.bulwark.netting.venuemargin.Pmrm2;
import io.bulwark.netting.venuemargin.Pmrm2.Rule;
import io.bulwark.netting.venuemargin.Pmrm2Margin;
import io.bulwark.netting.venuemargin.StandardMarginRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Derive's risk managers over the cases of its published test fixtures; parameters and scenarios stand in the file, a file is one kind named by its stem. */
final class DeriveCases implements Computation {
    private static final String CONVEX = "pmrm2.convex";
    private static final String PMRM1 = "derive_pmrm1_cases";
    private static final String PMRM2 = "derive_pmrm2_cases";
    private static final String STANDARD = "derive_srm_cases";

    private final Map<Path, CaseFields> documents = new HashMap<>();

    @Override
    public boolean knows(String kind) {
        return List.of(CONVEX, PMRM1, PMRM2, STANDARD).contains(kind);
    }

    /** Initial and maintenance margin decide; the other fields of the venue's fixtures help to find a fault. */
    @Override
    public boolean compares(String kind, String field) {
        return kind.equals(CONVEX) || field.equals("IM") || field.equals("MM");
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CaseFields inputs = CaseFields.of(asked.file().getFileName() + ", case " + asked.name(), asked.inputs());
        try {
            return Optional.of(
                    switch (asked.kind()) {
                        case CONVEX -> convex(asked, inputs);
                        case PMRM1 -> pmrm1(document(asked.file()), inputs);
                        case PMRM2 -> DeriveJson.of(pmrm2(document(asked.file()), inputs, Rule.VENUE));
                        default -> standard(document(asked.file()), inputs);
                    });
        } catch (IllegalArgumentException e) {
            throw new BadInput(asked.where("inputs"), "", String.valueOf(e.getMessage()));
        }
    }

    private CaseFields document(Path file) {
        return documents.computeIfAbsent(
                file, name -> CaseFields.of(String.valueOf(name.getFileName()), JsonDocument.read(name)));
    }

    private static JsonNode pmrm1(CaseFields document, CaseFields inputs) {
        DerivePmrm1Inputs read = new DerivePmrm1Inputs(document, inputs);
        return DeriveJson.of(Pmrm1.margin(read.parameters(), read.market(), read.portfolio()));
    }

    private static Pmrm2Margin pmrm2(CaseFields document, CaseFields inputs, Rule rule) {
        DerivePmrm2Inputs read = new DerivePmrm2Inputs(document, inputs);
        return Pmrm2.margin(read.parameters(), read.market(), read.portfolio(), rule);
    }

    private static JsonNode standard(CaseFields document, CaseFields inputs) {
        DeriveStandardInputs read = new DeriveStandardInputs(document, inputs);
        return DeriveJson.of(StandardMarginRule.margin(
                read.parameters(), read.stable(), read.cash(), read.markets(), StandardMarginRule.Rule.VENUE));
    }

    private JsonNode convex(ReferenceCase asked, CaseFields inputs) {
        CaseFields document = document(portfolios(asked));
        CaseFields portfolio = document.objects("cases").stream()
                .filter(c -> c.required("id").equals(inputs.required("case")))
                .findFirst()
                .orElseThrow(() -> CaseFields.refusal(
                        inputs.at("case"), inputs.required("case"), "must be an id in " + document.where()));
        return DeriveJson.of(pmrm2(document, portfolio, Rule.VENUE), pmrm2(document, portfolio, Rule.CONVEX_HULL));
    }

    /** The file with the portfolios: in the folder {@code vectors} beside this one, or beside the file itself. */
    private static Path portfolios(ReferenceCase asked) {
        String name = PMRM2 + ".json";
        Path folder = asked.file().toAbsolutePath().normalize().resolveSibling("..");
        return List.of(
                        folder.resolve("vectors").resolve(name).normalize(),
                        asked.file().resolveSibling(name))
                .stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new BadInput(asked.where("case"), "", "needs ../vectors/" + name));
    }
}
