package io.tombolo.model.capture;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.regex.Pattern;

/** Whose connections are not redirected: the sidecar's own. A user alone is no mark: applications often run as the same. */
public sealed interface Spared {
    /** The rule's condition, as {@code nft} reads it. */
    String match();

    /**
     * Processes whose primary group it is.
     * @param gid 1 to 4294967294; not 0, for then all that root runs would be spared
     */
    record Group(long gid) implements Spared {
        private static final long LAST = 0xffff_fffeL;

        public Group {
            if (gid < 1 || gid > LAST) {
                throw new TomboloException(
                        Fault.USAGE,
                        "group " + gid,
                        gid == 0 ? "is root's: all that root runs would be spared" : "does not exist",
                        "give the sidecar a group of its own, as in `groupadd --system tombolo`");
            }
        }

        @Override
        public String match() {
            return "meta skgid " + gid;
        }
    }

    /**
     * Processes in a control group (version 2) or below it.
     * @param path below {@code /sys/fs/cgroup}, without a slash at its ends; must exist when the rules are installed
     */
    record ControlGroup(String path) implements Spared {
        private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_@:.-]+(/[A-Za-z0-9_@:.-]+)*");

        public ControlGroup {
            if (path.length() > 255 || !PATH.matcher(path).matches() || path.matches("(.*/)?\\.\\.?(/.*)?")) {
                throw new TomboloException(
                        Fault.USAGE,
                        "cgroup '" + path + "'",
                        "is no path of a control group",
                        "write it as below /sys/fs/cgroup: system.slice/tombolo-sidecar.service");
            }
        }

        @Override
        public String match() {
            return "socket cgroupv2 level " + path.split("/").length + " \"" + path + "\"";
        }
    }
}
