package io.bulwark.house.founding;

import io.bulwark.clearing.document.Digest;
import java.util.Optional;

/**
 * A founded house: what its founding file says, and under which digests the file and its price history are kept.
 *
 * @param file what the founding file says
 * @param document SHA-256 of its bytes
 * @param history digest of the price history, if the file names one
 */
public record Foundation(FoundingFile file, Digest document, Optional<Digest> history) {}
