package io.tombolo.dataplane.feed;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last verified state on disk, {@code feed}: what this proxy starts and serves from when nobody answers. Blocks. */
final class FeedFile {
    private static final Logger LOG = LoggerFactory.getLogger(FeedFile.class);
    private static final FileKind KIND = new FileKind("FEED", 1);

    private final StateFile file;

    FeedFile(Path stateDirectory) {
        this.file = new StateFile(stateDirectory.resolve("feed"), KIND);
    }

    /** The state of a former run; empty if there is none, or it does not verify and was set aside, which is logged. */
    Optional<FeedState> read() {
        StateRead read = file.read();
        if (read instanceof StateRead.Damaged(TomboloException report)) {
            LOG.warn("{}", report.getMessage());
        }
        return read.found().flatMap(FeedFile::parse);
    }

    /** Replaces it. A disk that fails costs the next cold start, not the traffic: it is logged. */
    void write(FeedState state) {
        try {
            file.write(state.toBytes());
        } catch (TomboloException failed) {
            LOG.warn("the feed's state is not on disk: {}", failed.getMessage());
        }
    }

    private static Optional<FeedState> parse(byte[] payload) {
        try {
            return Optional.of(FeedState.parse(payload));
        } catch (TomboloException unusable) {
            LOG.warn("the stored feed is not used: {}", unusable.getMessage());
            return Optional.empty();
        }
    }
}
