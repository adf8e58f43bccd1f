# Builds the installer for Windows from a clone, with nobody at the keyboard.
#
#   powershell -ExecutionPolicy Bypass -File resources\packaging\windows\build.ps1 -Output D:\packages
#
# Needs Python 3.11 or newer and Inno Setup 6.3 or newer. SCRATCHPAD_SIGN, if set, is the command that signs a file
# named $f, such as: signtool sign /fd SHA256 /sha1 THUMBPRINT /tr http://timestamp.digicert.com /td SHA256 $f

param(
    [Parameter(Mandatory = $true)] [string] $Output,
    [string] $Python = "python",
    [string] $Compiler = "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe"
)

Set-StrictMode -Version Latest
$ErrorActionPreference = "Stop"

function Invoke-Program([string] $File, [string[]] $Arguments) {
    & $File @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$File failed with exit code $LASTEXITCODE."
    }
}

function Invoke-Signing([string] $File) {
    if ($env:SCRATCHPAD_SIGN) {
        Invoke-Program "cmd.exe" @("/c", $env:SCRATCHPAD_SIGN.Replace('$f', "`"$File`""))
    }
}

if (-not (Test-Path $Compiler)) {
    throw "There is no Inno Setup at $Compiler; install it or name its ISCC.exe by -Compiler."
}

$work = Join-Path ([System.IO.Path]::GetTempPath()) ("scratchpad-" + [System.Guid]::NewGuid())
New-Item -ItemType Directory -Force $Output, $work | Out-Null
$Output = (Resolve-Path $Output).Path
Push-Location (Resolve-Path "$PSScriptRoot\..\..\..").Path
try {
    Invoke-Program $Python @("-m", "venv", "$work\venv")
    $ours = "$work\venv\Scripts\python.exe"
    Invoke-Program $ours @("-m", "pip", "install", "--quiet", "--constraint", "resources\constraints.txt", ".[packaging]")

    $ask = "from engine.version import VERSION; from resources.packaging.windows.version_info import numbers; " +
        "print(VERSION, '.'.join(map(str, numbers(VERSION))))"
    $version, $fileVersion = (Invoke-Program $ours @("-c", $ask)).Split(" ")
    $draw = "import sys, pathlib; from resources.packaging.icons import write_ico; write_ico(pathlib.Path(sys.argv[1]))"
    Invoke-Program $ours @("-c", $draw, "$work\scratchpad.ico")

    Invoke-Program $ours @("-m", "PyInstaller", "--noconfirm", "--distpath", "$work\dist", "--workpath", "$work\build",
        "resources\packaging\scratchpad.spec")
    $program = "$work\dist\scratchpad"
    # A program with a window does not keep a shell waiting by itself.
    $test = Start-Process "$program\scratchpad.exe" "--smoke-test" -Wait -PassThru
    if ($test.ExitCode -ne 0) {
        throw "The program that was built fails its smoke test with exit code $($test.ExitCode)."
    }
    Invoke-Signing "$program\scratchpad.exe"

    $options = @("/Qp", "/DVersion=$version", "/DFileVersion=$fileVersion", "/DProgram=$program",
        "/DIcon=$work\scratchpad.ico", "/DLicence=$((Resolve-Path LICENSE).Path)", "/DOutput=$Output")
    if ($env:SCRATCHPAD_SIGN) {
        $options += @("/DSigned", "/Sscratchpad=$env:SCRATCHPAD_SIGN")
    }
    Invoke-Program $Compiler ($options + "resources\packaging\windows\scratchpad.iss")

    $sums = Get-ChildItem $Output -Filter "*.exe" | Sort-Object Name | ForEach-Object {
        (Get-FileHash $_.FullName -Algorithm SHA256).Hash.ToLower() + "  " + $_.Name
    }
    [System.IO.File]::WriteAllText("$Output\SHA256SUMS", ($sums -join "`n") + "`n")
}
finally {
    Pop-Location
    Remove-Item -Recurse -Force $work
}
