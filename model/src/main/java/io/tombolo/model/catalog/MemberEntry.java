package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.setting.Setting;

/**
 * A member of the federation as proxies know it.
 * @param epoch   of its admission; at least 1
 * @param version of its record; at least 1
 */
public record MemberEntry(ClusterId cluster, long epoch, MemberState state, TrustDomain trustDomain, long version) {
    public MemberEntry {
        Setting.check(epoch >= 1, "member.epoch", epoch, "1 or more");
        Setting.check(version >= 1, "member.version", version, "1 or more");
    }
}
