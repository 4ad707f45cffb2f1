package io.bulwark.house.founding;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.payment.PaymentPlace;
import io.bulwark.clearing.position.EvidenceGrade;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a founding file is spelt: strict JSON, kinds by name, and what a field that is not written means. */
final class FoundingJson {
    /** Where keys come from: the field that says which rule it is. */
    static final String ORIGIN = "origin";

    /** Reads the records of a founding file and no other spelling of them. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, FoundingJson::textOnly)
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addDeserializer(Amount.class, new AmountText())
                    .addDeserializer(ConnectedVenue.class, new ConnectionReader())
                    .addDeserializer(ConnectionMode.class, new ModeText()))
            .addMixIn(Instrument.class, KindFirst.class)
            .addMixIn(PaymentPlace.class, KindFirst.class)
            .addMixIn(Instrument.Option.class, EuropeanIfSilent.class)
            .addMixIn(ListedVenue.class, AdvisoryIfSilent.class)
            .addMixIn(HistoryReference.class, AnyFileIfSilent.class)
            .injectableValues(new InjectableValues.Std()
                    .addValue(Instrument.Exercise.class, Instrument.Exercise.EUROPEAN)
                    .addValue(ConnectionMode.class, ConnectionMode.ADVISORY)
                    .addValue(Optional.class, Optional.empty()))
            .addMixIn(KeyRule.class, OriginFirst.class)
            .build();

    /** A text is a text: no number or truth value passes for one. */
    private static void textOnly(MutableCoercionConfig config) {
        Stream.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                .forEach(shape -> config.setCoercion(shape, CoercionAction.Fail));
    }

    static {
        registerKinds(Instrument.class);
        registerKinds(PaymentPlace.class);
        registerKinds(KeyRule.class);
    }

    /** The kind of a sealed form is its name with a small first letter. */
    private static void registerKinds(Class<?> sealedForm) {
        for (Class<?> form : sealedForm.getPermittedSubclasses()) {
            if (form.isInterface()) {
                registerKinds(form);
                continue;
            }
            String kind = form.getSimpleName();
            MAPPER.registerSubtypes(
                    new NamedType(form, kind.substring(0, 1).toLowerCase(Locale.ROOT) + kind.substring(1)));
        }
    }

    private FoundingJson() {}

    private static final Pattern MISSING = Pattern.compile("(?:property|creator property) '([^']+)'");
    private static final Pattern KINDS = Pattern.compile("known type ids = \\[([^]]*)\\]");

    /** What a field must be, in the words of who writes the file: what the mapper says names our own types. */
    static String rule(JsonMappingException refusal) {
        String said = String.valueOf(refusal.getOriginalMessage());
        Matcher missing = MISSING.matcher(said);
        Matcher kinds = KINDS.matcher(said);
        return switch (refusal) {
            case UnrecognizedPropertyException _ -> "must not be there: no such field";
            case InvalidTypeIdException _ when kinds.find() -> "must have as its kind one of " + kinds.group(1);
            case InvalidTypeIdException _ -> "must have a kind";
            case MismatchedInputException mismatch
            when missing.find() && said.startsWith("Missing") -> "must have " + missing.group(1);
            case MismatchedInputException mismatch -> form(mismatch.getTargetType());
            default -> said.replaceAll("\\s*\\((class|for) [^)]*\\)", "");
        };
    }

    private static String form(@Nullable Class<?> target) {
        if (target == null) {
            return "must have another form";
        }
        if (target.isEnum()) {
            return "must be one of " + Arrays.toString(target.getEnumConstants());
        }
        return target == int.class || target == long.class || target == Long.class
                ? "must be a whole number"
                : target == boolean.class
                        ? "must be true or false"
                        : target == String.class
                                ? "must be a text"
                                : target == Amount.class
                                        ? "must be a decimal as text"
                                        : Collection.class.isAssignableFrom(target)
                                                ? "must be an array"
                                                : "must be an object";
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface KindFirst {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = ORIGIN)
    private interface OriginFirst {}

    /** A contract that does not say when it may be exercised is European. */
    private record EuropeanIfSilent(
            String underlying,
            String settlement,
            Instrument.OptionRight right,
            Amount strike,
            long expiryMillis,
            @JacksonInject(useInput = OptBoolean.TRUE) Instrument.Exercise exercise) {}

    /** A file of prices whose digest is not said is taken as it is. */
    private record AnyFileIfSilent(
            String group,
            String file,
            String underlying,
            @JacksonInject(useInput = OptBoolean.TRUE) Optional<String> sha256) {}

    /** A venue of which nothing else is said is only read. */
    private record AdvisoryIfSilent(
            int number,
            String name,
            String chain,
            long ageMillisMax,
            EvidenceGrade leastGrade,
            @JacksonInject(useInput = OptBoolean.TRUE) ConnectionMode mode) {}

    private static final class ModeText extends StdDeserializer<ConnectionMode> {
        @Serial
        private static final long serialVersionUID = 1L;

        ModeText() {
            super(ConnectionMode.class);
        }

        @Override
        public ConnectionMode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            return Stream.of(ConnectionMode.values())
                    .filter(mode -> parser.hasToken(JsonToken.VALUE_STRING)
                            && mode.label().equals(text))
                    .findFirst()
                    .orElseThrow(() -> JsonMappingException.from(
                            parser,
                            "connection mode",
                            new BadInput("mode", text, "must be advisory, pledged or custodied")));
        }
    }

    private static final class AmountText extends StdDeserializer<Amount> {
        @Serial
        private static final long serialVersionUID = 1L;

        /** As the published schema has it. */
        private static final String DECIMAL = "-?(0|[1-9][0-9]{0,90})(\\.[0-9]{1,64})?";

        AmountText() {
            super(Amount.class);
        }

        @Override
        public Amount deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            boolean decimal = parser.hasToken(JsonToken.VALUE_STRING) && text.matches(DECIMAL);
            return decimal
                    ? Amount.of(new BigDecimal(text))
                    : (Amount) context.handleWeirdStringValue(Amount.class, text, "must be a decimal as text");
        }
    }
}
