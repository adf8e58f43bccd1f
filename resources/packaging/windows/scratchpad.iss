; Installer for Windows, for one user unless all are asked for. build.ps1 passes, as /DNAME=VALUE:
;   Version      as shown, such as 0.2.0rc1
;   FileVersion  as Windows compares it, such as 0.2.0.0
;   Program      folder of the built program
;   Icon         the icon as .ico
;   Licence      the licence's text
;   Output       folder for the installer
;   Signed       if a signing tool named "scratchpad" was given by /S

#define ProgId "Scratchpad.Network"
#define Suffix ".safetensors"

[Setup]
; Never to change: by it a later version finds the one to replace.
AppId={{06FCBA1F-CBF3-4499-97C4-0C9E91083014}
AppName=Scratchpad
AppVersion={#Version}
AppVerName=Scratchpad {#Version}
AppPublisher=The Scratchpad founders
AppPublisherURL=https://github.com/scratchpad-app/scratchpad
AppSupportURL=https://github.com/scratchpad-app/scratchpad/issues
VersionInfoVersion={#FileVersion}
VersionInfoDescription=Scratchpad Setup
; Qt 6 and PyTorch have nothing older: Windows 10, version 1809, on 64-bit processors of Intel and AMD.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
DefaultDirName={autopf}\Scratchpad
DisableProgramGroupPage=yes
LicenseFile={#Licence}
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\scratchpad.exe
UninstallDisplayName=Scratchpad
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes
Compression=lzma2/max
SolidCompression=yes
OutputDir={#Output}
OutputBaseFilename=scratchpad-{#Version}-windows-x64-setup
#ifdef Signed
SignTool=scratchpad
SignedUninstaller=yes
#endif

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; Libraries of an older version must not be found by a later one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Scratchpad"; Filename: "{app}\scratchpad.exe"; Comment: "Draw a digit and have it read"
Name: "{autodesktop}\Scratchpad"; Filename: "{app}\scratchpad.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\{#ProgId}"; ValueType: string; ValueData: "Scratchpad network"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#ProgId}\DefaultIcon"; ValueType: string; ValueData: "{app}\scratchpad.exe,0"
Root: HKA; Subkey: "Software\Classes\{#ProgId}\shell\open\command"; ValueType: string; ValueData: """{app}\scratchpad.exe"" ""%1"""
; Offered beside other programs, and opened by a double click only where no other program has the suffix.
Root: HKA; Subkey: "Software\Classes\{#Suffix}\OpenWithProgids"; ValueType: none; ValueName: "{#ProgId}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\{#Suffix}"; ValueType: string; ValueData: "{#ProgId}"; Check: IsSuffixFree

[Run]
Filename: "{app}\scratchpad.exe"; Description: "{cm:LaunchProgram,Scratchpad}"; Flags: nowait postinstall skipifsilent

[Code]
const
  SuffixKey = 'Software\Classes\{#Suffix}';

function IsSuffixFree(): Boolean;
var
  Owner: String;
begin
  { As Windows looks it up: what the user chose comes before what is set for all. }
  if not RegQueryStringValue(HKCU, SuffixKey, '', Owner) and not RegQueryStringValue(HKLM, SuffixKey, '', Owner) then
    Owner := '';
  Result := (Owner = '') or (Owner = '{#ProgId}');
end;

procedure FreeSuffix();
var
  Owner: String;
begin
  { Another program may have taken it since. }
  if RegQueryStringValue(HKA, SuffixKey, '', Owner) and (Owner = '{#ProgId}') then
    RegDeleteValue(HKA, SuffixKey, '');
  RegDeleteKeyIfEmpty(HKA, SuffixKey);
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Folder: String;
begin
  if CurUninstallStep <> usPostUninstall then
    exit;
  FreeSuffix();
  Folder := ExpandConstant('{userappdata}\scratchpad');
  if DirExists(Folder) then
    SuppressibleMsgBox('Your networks were kept in ' + Folder + '; delete that folder if you no longer want them.',
      mbInformation, MB_OK, IDOK);
end;
