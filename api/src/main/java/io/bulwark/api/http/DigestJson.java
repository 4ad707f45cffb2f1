package io.bulwark.api.http;

import io.bulwark.clearing.document.Digest;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serializer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** A digest is 64 lower-case hexadecimal digits. */
@Singleton
final class DigestJson implements Serializer<Digest> {
    @Override
    public void serialize(Encoder encoder, EncoderContext context, Argument<? extends Digest> type, Digest digest)
            throws IOException {
        encoder.encodeString(digest.hex());
    }
}
