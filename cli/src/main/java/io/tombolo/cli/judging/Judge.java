package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import java.util.stream.Stream;

/** Judges one subject by what is known of it. Pure; what is not known is not its business. */
interface Judge {
    Stream<Finding> of(Evidence evidence);
}
