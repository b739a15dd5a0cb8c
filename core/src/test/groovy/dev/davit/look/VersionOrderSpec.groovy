package dev.davit.look

import spock.lang.Specification

/** Which version a package manager calls newer. */
class VersionOrderSpec extends Specification {

    def 'dpkg: #older is older than #newer'() {
        expect:
        VersionOrder.DEB.compare(older, newer) < 0
        VersionOrder.DEB.compare(newer, older) > 0
        VersionOrder.DEB.compare(older, older) == 0

        where:
        older               | newer
        '1.2'               | '1.10'
        '1.0'               | '1.0.1'
        '2.0'               | '1:1.0'
        '1.0~rc1'           | '1.0'
        '1.0~rc1'           | '1.0~rc2'
        '1.0~~'             | '1.0~'
        '1.0'               | '1.0a'
        '1.0a'              | '1.0+b1'
        '1.0-1'             | '1.0-1+deb12u1'
        '1.0-1+deb12u1'     | '1.0-1+deb12u10'
        '1.0-1~bpo12+1'     | '1.0-1'
        '1.0-9'             | '1.0-10'
        '1.0-1-1'           | '1.0-2-1'
        '2:1.0'             | '10:0.1'
        '9.99999999999999999999' | '9.100000000000000000000'
    }

    def 'rpm: #older is older than #newer'() {
        expect:
        VersionOrder.RPM.compare(older, newer) < 0
        VersionOrder.RPM.compare(newer, older) > 0
        VersionOrder.RPM.compare(older, older) == 0

        where:
        older           | newer
        '1.2-1'         | '1.10-1'
        '2.0-1'         | '1:1.0-1'
        '1.0~rc1-1'     | '1.0-1'
        '1.0-1'         | '1.0^20260101-1'
        '1.0^20260101-1' | '1.0.1-1'
        '1.0^-1'        | '1.0^a-1'
        '1.0~rc1-1'     | '1.0~rc1^git1-1'
        '1.0a-1'        | '1.0.1-1'
        '1.0-1'         | '1.0a-1'
        '1.0-9.el9'     | '1.0-10.el9'
        '1.0-1.el9'     | '1.0-1.el9_4'
        '1.0-1.fc9'     | '1.0-1.fc10'
        '1.0-A'         | '1.0-a'
    }

    def 'apk: #older is older than #newer'() {
        expect:
        VersionOrder.APK.compare(older, newer) < 0
        VersionOrder.APK.compare(newer, older) > 0
        VersionOrder.APK.compare(older, older) == 0

        where:
        older           | newer
        '1.2-r0'        | '1.10-r0'
        '1.2'           | '1.2-r0'
        '1.2-r9'        | '1.2-r10'
        '1.2-r5'        | '1.2.0-r0'
        '1.2'           | '1.2.1'
        '1.2'           | '1.2a'
        '1.2a'          | '1.2b'
        '1.2a'          | '1.2.1'
        '1.2_alpha'     | '1.2_beta'
        '1.2_beta9'     | '1.2_pre1'
        '1.2_pre1'      | '1.2_rc1'
        '1.2_rc1'       | '1.2_rc2'
        '1.2_rc9'       | '1.2_rc10'
        '1.2_rc'        | '1.2_rc1'
        '1.2_rc4-r9'    | '1.2-r0'
        '1.2_rc4'       | '1.2'
        '1.2'           | '1.2_git20260101'
        '1.2_git2026'   | '1.2_p1'
        '1.2-r3'        | '1.2_p1-r0'
        '1.2_p1'        | '1.2_p1_p2'
        '1.2_p1_rc1'    | '1.2_p1'
        '1.01'          | '1.1'
        '1.001'         | '1.01'
        '1.2~abc'       | '1.2~abd'
        '20250911-r0'   | '20260401-r0'
    }

    def 'versions that are written otherwise may be equal: #one and #two of #kind'() {
        expect:
        VersionOrder.of(kind).get().compare(one, two) == 0
        VersionOrder.of(kind).get().compare(two, one) == 0

        where:
        kind  | one         | two
        'deb' | '0:1.0'     | '1.0'
        'deb' | '1.0-0'     | '1.0'
        'deb' | '1.00'      | '1.0'
        'rpm' | '0:1.0-1'   | '1.0-1'
        'rpm' | '1.0-1'     | '1_0-1'
        'rpm' | '1.00-1'    | '1.0-1'
        'apk' | '1.2-r01'   | '1.2-r1'
        'apk' | 'latest'    | '1.0-r0'
        'apk' | '1.0-r0'    | '1.0-beta'
    }

    def 'packages of other kinds have no order'() {
        expect:
        VersionOrder.of('npm').empty
        new PackageChange(Optional.of(new InstalledPackage('npm', 'a', '1', 'any')),
                Optional.of(new InstalledPackage('npm', 'a', '2', 'any'))).kind() == PackageChange.Kind.CHANGED
    }
}
