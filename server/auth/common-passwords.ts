/** The passwords of eight and more characters that are guessed first. Compared in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 password! passw0rd p@ssw0rd p@ssword pa55word 12345678
  123456789 1234567890 12345678910 0123456789 87654321 987654321 0987654321 11111111 111111111 1111111111 00000000
  000000000 0000000000 22222222 33333333 44444444 55555555 66666666 77777777 88888888 99999999 12341234 123123123
  12121212 11223344 1122334455 112233445566 123321123 147258369 789456123 159753456 123qweasd qwertyui qwertyuiop
  qwerty12 qwerty123 qwerty1234 qwerty12345 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t q1w2e3r4 q1w2e3r4t5 qazwsxedc
  zaq12wsx asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 asdf1234 qwer1234 abcd1234 abc12345 abcdefgh abcdefghi a1b2c3d4
  aa123456 a1234567 a12345678 iloveyou iloveyou1 iloveyou2 iloveu123 sunshine sunshine1 princess princess1 football
  football1 baseball baseball1 basketball superman superman1 batman123 trustno1 welcome1 welcome12 welcome123 letmein1
  letmein123 admin123 admin1234 administrator changeme changeme1 changeme123 secret123 master123 monkey123 dragon123
  shadow123 michael1 jennifer jordan23 computer computer1 internet internet1 samsung1 whatever starwars liverpool
  liverpool1 chelsea1 arsenal1 mercedes corvette mustang1 butterfly chocolate blink182 pokemon1 pokemon123 naruto123
  charlie1 freedom1 passwort passwort1 hallo123 schatz123 motdepasse azertyuiop azerty123 soleil123 contraseña
  test1234 testtest testing1 testing123 guest123 user1234 root1234 login123 default1 temp1234 summer2024 winter2024
  summer2025 winter2025 summer2026 winter2026 drawbridge drawbridge1 whiteboard whiteboard1`.split(/\s+/),
)
