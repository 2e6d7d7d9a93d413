"""No logbook keeps a password; speaking of passwords is no crime."""

import pytest

from infodesk.duty.secrets import looks_like_password


@pytest.mark.parametrize(
    "text",
    [
        "密码：Abc12345",
        "密码改为 his2026",
        "初始密码已设为 123456",
        "口令是admin@1",
        "pwd=Welcome1",
        "new password is Summer2026!",
        "账号P01，密码为 a1b2c3d4，请尽快修改",
        "已恢复，root / P@ssw0rd1",
        "passwd: 8888",
        "hash $2b$12$abcdefghijklmnop",
        "{SSHA}dGVzdA==",
        "密码：Ａｂｃ１２３４５",
    ],
)
def test_what_looks_like_a_password_is_found(text: str) -> None:
    assert looks_like_password(text)


@pytest.mark.parametrize(
    "text",
    [
        "密码已修改",
        "密码由院部更换，本人已确认",
        "口令修改日期：2026-09-18",
        "密码: 2026-09-18 已改",
        "密码长度至少8位，3类字符",
        "password: changed",
        "password reset to be done by 院部",
        "忘记密码，已重置",
        "密码为空，已要求设置",
        "user@example.org",
        "D:\\Backup\\HIS_2026.bak",
        "https://example.org/A1b2@c3",
        "介质 M-2026-09-HIS-01",
        "2*4TB SAS，3#机柜，UPS-1 负载 95%",
        "RAID5 第2盘 Failed",
        "root@db1.example.org 登录失败",
        "密码策略见 INC-20260918-001",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "HIS 5.2.1-Build20260918",
        "读数 ups_load@UPS-1=41 偏高",
    ],
)
def test_what_people_write_of_their_work_is_no_password(text: str) -> None:
    assert not looks_like_password(text)
